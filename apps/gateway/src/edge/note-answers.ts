import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ServedRequests } from '../served-requests/served-requests.js'

/** Event streams last as long as somebody listens, which says nothing of speed. */
const isStream = (reply: FastifyReply) => String(reply.getHeader('content-type')).startsWith('text/event-stream')

/** Notes route, method, status and duration of each answer: neither path nor caller. */
export function noteAnswers(fastify: FastifyInstance, served: ServedRequests): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request
    const { statusCode: status, elapsedTime: durationMs } = reply
    if (!isStream(reply)) served.note({ route: routeOptions.url ?? 'none', method, status, durationMs })
    done()
  })
}
