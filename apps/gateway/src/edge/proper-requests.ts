import { ExpectationFailedError, RequestMalformedError } from '@mpics/service-kit'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Refuses what Node.js would read in its own way, or answer without saying why. */
export function requireProperRequests(fastify: FastifyInstance): void {
  const { server } = fastify
  server.on('checkExpectation', (request, response) => void server.emit('request', request, response))
  fastify.addHook('onRequest', async (request) => {
    if (request.raw.httpVersion !== '1.1') return
    requireOneHost(request)
    const { expect } = request.headers
    if (expect !== undefined && !/^100-continue$/i.test(expect)) throw new ExpectationFailedError()
  })
}

/** RFC 9112 §3.2: two hosts could mean one to a proxy and another to us. */
function requireOneHost({ raw: { rawHeaders } }: FastifyRequest): void {
  let hosts = 0
  for (let i = 0; i < rawHeaders.length; i += 2) if (rawHeaders[i]!.toLowerCase() === 'host') hosts++
  if (hosts !== 1) throw new RequestMalformedError('Send one Host header field.')
}
