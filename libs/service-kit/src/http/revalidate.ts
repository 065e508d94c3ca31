import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PreconditionFailedError } from '../problems/general.errors.js'
import { problemOf } from '../problems/problem.js'
import { namesTag } from './entity-tag.js'

const JSON_TYPE = /^application\/(.+\+)?json/

/** JSON and pages from memory; whatever else has tags sets and compares them itself. */
export const isRevalidated = (request: FastifyRequest, reply: FastifyReply, payload: unknown): payload is string =>
  (request.method === 'GET' || request.method === 'HEAD') &&
  reply.statusCode === 200 &&
  typeof payload === 'string' &&
  isTagged(String(reply.getHeader('content-type')), reply)

const isTagged = (type: string, reply: FastifyReply): boolean =>
  type.startsWith('text/html') ? !/no-store/.test(String(reply.getHeader('cache-control'))) : JSON_TYPE.test(type)

/** Tags an answer, weakly where its handler did not, and compares the conditions in the order of RFC 9110 §13.2.2. */
export function revalidated(request: FastifyRequest, reply: FastifyReply, payload: string): string | null {
  const given = reply.getHeader('etag')
  const etag = typeof given === 'string' ? given : `W/"${hash('sha1', payload, 'base64url')}"`
  reply.header('etag', etag)
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers
  if (ifMatch !== undefined && !namesTag(ifMatch, etag)) return failed(request, reply)
  if (ifNoneMatch === undefined || !namesTag(ifNoneMatch, etag)) return payload
  reply.status(304).removeHeader('content-length').removeHeader('content-type')
  return null
}

function failed(request: FastifyRequest, reply: FastifyReply): string {
  const problem = problemOf(new PreconditionFailedError('It is not what it was when you read it.'), request.id)
  reply.removeHeader('content-length').removeHeader('etag').header('cache-control', 'no-store')
  reply.status(problem.status).type('application/problem+json')
  return JSON.stringify(problem)
}
