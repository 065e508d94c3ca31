import './request.js'
import type { ApiDefinition } from '@mpics/contracts'
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { map, type Observable } from 'rxjs'
import { Idempotency } from '../idempotency/idempotency.js'
import { apiOf } from './endpoint.js'
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
    request.input = parseInput(api, request)
    if (api.access !== 'anonymous' || request.caller?.member) reply.header('cache-control', 'private, no-store')
    const answers = this.checkAnswers ? next.handle().pipe(map((answer) => checked(api, answer))) : next.handle()
    return this.idempotency.applies(api, request) ? this.idempotency.once(api, request, reply, answers) : answers
  }
}

function checked(api: ApiDefinition, answer: unknown): unknown {
  const problem = api.answer?.safeParse(answer).error
  if (problem) throw new Error(`The answer of ${api.name} breaks its definition: ${problem.message}`)
  return answer
}
