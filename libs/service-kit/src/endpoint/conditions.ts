import type { ExecutionContext } from '@nestjs/common'
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js'
import type { FastifyRequest } from 'fastify'
import { PreconditionFailedError } from '../problems/general.errors.js'

/**
 * Refuses a change under a condition that its handler does not look at: a server must not make a change whose condition may be
 * false (RFC 9110 §13.1.1, §13.1.2).
 */
export function refuseUnknownConditions(context: ExecutionContext, { headers }: FastifyRequest): void {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers
  if (ifNoneMatch !== undefined) throw new PreconditionFailedError('This call takes no If-None-Match; leave it out.')
  if (ifMatch !== undefined && ifMatch.trim() !== '*' && !readsIfMatch(context))
    throw new PreconditionFailedError('This call takes no If-Match; leave it out.')
}

/** True when the handler has a parameter with `@Headers('if-match')`. */
function readsIfMatch(context: ExecutionContext): boolean {
  const parameters: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name)
  return Object.values(parameters ?? {}).some((one) => (one as { data?: unknown }).data === 'if-match')
}
