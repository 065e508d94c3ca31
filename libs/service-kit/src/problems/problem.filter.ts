import { DomainError } from '@mpics/contracts'
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { throwError } from 'rxjs'
import { domainErrorOf, isFault } from './domain-error-of.js'
import { internalProblem, problemOf } from './problem.js'

/** The one place where errors become answers. It passes errors of event handlers on to the event server. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem')

  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType() !== 'http') return throwError(() => error)
    const request = host.switchToHttp().getRequest<FastifyRequest>()
    const reply = host.switchToHttp().getResponse<FastifyReply>()
    const known = domainErrorOf(error)
    if (isFault(error))
      this.logger.error({ err: error, requestId: request.id, route: request.routeOptions?.url }, 'request failed')
    if (reply.sent || reply.raw.headersSent) return reply.raw.destroy()
    const problem = known ? problemOf(known, request.id) : internalProblem(request.id)
    return reply
      .headers({ 'cache-control': 'no-store', ...headersOf(known, problem.status) })
      .type('application/problem+json')
      .status(problem.status)
      .send(JSON.stringify(problem))
  }
}

interface ErrorWithHeaders {
  retryAfterSeconds?: number
  headers?: Readonly<Record<string, string>>
}

/** The documents promise it with each of these answers. */
const waits = (status: number) => status === 429 || status === 503
const WAIT_SECONDS = 2

function headersOf(error: DomainError | undefined, status: number): Record<string, string> {
  const { retryAfterSeconds, headers } = (error ?? {}) as ErrorWithHeaders
  const seconds = retryAfterSeconds ?? (waits(status) ? WAIT_SECONDS : undefined)
  return {
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    ...headers,
    ...(seconds !== undefined && { 'retry-after': String(seconds) }),
  }
}
