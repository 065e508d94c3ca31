import './request.js'
import type { ApiDefinition } from '@mpics/contracts'
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { map, type Observable, tap } from 'rxjs'
import { Idempotency } from '../idempotency/idempotency.js'
import { currentTimeLeftMs } from '../logging/request-context.js'
import { UnavailableError } from '../problems/general.errors.js'
import { isChange } from '../trust/time-budget.js'
import { refuseUnknownConditions } from './conditions.js'
import { apiOf } from './endpoint.js'
import { linkNextPage } from './next-page.js'
import { parseInput } from './parse-input.js'

/** Validates the input, honours Idempotency-Key, and sets the common headers of answers. */
@Injectable()
export class EndpointInterceptor implements NestInterceptor {
  private readonly checkAnswers = process.env['NODE_ENV'] === 'test'

  constructor(private readonly idempotency: Idempotency) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> | Promise<Observable<unknown>> {
    const api = context.getType() === 'http' && apiOf(context.getHandler())
    if (!api) return next.handle()
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const reply = context.switchToHttp().getResponse<FastifyReply>()
    // nobody would learn of a change that begins now
    if (isChange(api) && currentTimeLeftMs() === 0) throw new UnavailableError()
    request.input = parseInput(api, request)
    if (api.method !== 'GET') refuseUnknownConditions(context, request)
    if (!isPublicRead(api, request)) reply.header('cache-control', 'private, no-store')
    const given = next.handle().pipe(tap((answer) => linkNextPage(answer, request, reply)))
    const answers = this.checkAnswers ? given.pipe(map((answer) => checked(api, answer))) : given
    return this.idempotency.applies(api, request) ? this.idempotency.once(api, request, reply, answers) : answers
  }
}

/** Answers to changes may hold tokens, and a path may hold one too. */
const isPublicRead = (api: ApiDefinition, { caller }: FastifyRequest): boolean =>
  api.method === 'GET' && api.access === 'anonymous' && !caller?.member && !api.path.includes('{token}')

function checked(api: ApiDefinition, answer: unknown): unknown {
  const problem = api.answer?.safeParse(answer).error
  if (problem) throw new Error(`The answer of ${api.name} breaks its definition: ${problem.message}`)
  return answer
}
