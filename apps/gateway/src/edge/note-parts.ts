import type { FastifyInstance } from 'fastify'
import type { BareLoads } from '../page-views/bare-loads.js'

/** A browser that shows a page asks for more than the page. */
export function noteParts(fastify: FastifyInstance, bareLoads: BareLoads): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    bareLoads.noteParts(request)
    done()
  })
}
