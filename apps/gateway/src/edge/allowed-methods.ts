import { AddressTooLongError, MethodNotAllowedError, NotFoundError } from '@mpics/service-kit'
import type { FastifyInstance } from 'fastify'
import { pathOf } from '../routes/request-path.js'
import { KnownPaths } from './known-paths.js'

/** More than RFC 9112 §3 asks for, and no call of ours comes near it. */
const MAX_ADDRESS = 8 * 1024

/** Says which methods a path takes: to who asks (OPTIONS), and to who uses another one (405). Call it before routes are added. */
export function sayAllowedMethods(fastify: FastifyInstance): void {
  const paths = new KnownPaths()
  fastify.addHook('onRoute', ({ method, url }) => paths.add(method, url))
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.url.length > MAX_ADDRESS) throw new AddressTooLongError()
    const isAsked = request.method === 'OPTIONS'
    if (!isAsked && !request.is404) return
    // `OPTIONS *` asks whether the server is there (RFC 9110 §9.3.7); the router knows it as a path
    if (isAsked && request.originalUrl === '*') return reply.status(204).send()
    const allow = paths.allowAt(pathOf(request))
    if (allow === undefined) throw new NotFoundError()
    if (!isAsked) throw new MethodNotAllowedError(allow)
    return reply.status(204).header('allow', allow).send()
  })
}
