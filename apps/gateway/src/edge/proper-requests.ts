import { ExpectationFailedError, RequestMalformedError } from '@mpics/service-kit'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Refuses what Node.js would read in its own way, or answer without saying why. */
export function requireProperRequests(fastify: FastifyInstance): void {
  const { server } = fastify
  server.on('checkExpectation', (request, response) => void server.emit('request', request, response))
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.raw.httpVersion !== '1.1') return done()
    const { expect } = request.headers
    if (!hasOneHost(request)) done(new RequestMalformedError('Send one Host header field.'))
    else if (expect !== undefined && !/^100-continue$/i.test(expect)) done(new ExpectationFailedError())
    else done()
  })
}

/** RFC 9112 §3.2: two hosts could mean one to a proxy and another to us. */
function hasOneHost({ raw: { rawHeaders } }: FastifyRequest): boolean {
  let hosts = 0
  for (let i = 0; i < rawHeaders.length; i += 2) if (isHost(rawHeaders[i]!)) hosts++
  return hosts === 1
}

const isHost = (name: string): boolean => name.length === 4 && name.toLowerCase() === 'host'
