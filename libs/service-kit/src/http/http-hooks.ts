import { parse as parseQuery } from 'node:querystring'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { trace } from '@opentelemetry/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from '../logging/logger.js'
import type { Metrics } from '../operators/metrics.js'
import { withinRequest } from '../logging/request-context.js'
import { escapedTextOf, textOf } from '../problems/well-formed.js'
import { OwnHeaders } from './own-headers.js'
import { isRevalidated, revalidated } from './revalidate.js'
import { endSilentConnections } from './silent-connections.js'
import { answerUnreadRequests } from './unread-requests.js'

/** Every request passes these, whichever handler serves it. */
export function addHttpHooks(app: NestFastifyApplication, logger: Logger, metrics: Metrics): void {
  const fastify = app.getHttpAdapter().getInstance()
  // Its members are known and harmless; looking for secrets in each line cost a tenth of a request.
  const requests = logger.child({}, { redact: [] })
  addBodyParsers(fastify)
  answerUnreadRequests(fastify.server, app.get(OwnHeaders), metrics)
  endSilentConnections(fastify)
  fastify.addHook('onRequest', (request, _reply, done) => {
    nameSpan(request)
    done()
  })
  // Not earlier: reading the body would lose the context.
  fastify.addHook('preHandler', (request, _reply, done) => withinRequest(request, done))
  fastify.addHook('onSend', (request, reply, payload, done) => {
    reply.header('x-request-id', request.id)
    if (!fastify.server.listening) reply.header('connection', 'close')
    done(null, isRevalidated(request, reply, payload) ? revalidated(request, reply, payload) : payload)
  })
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    // the life of an event stream says nothing about the speed of answers
    if (!isEventStream(reply)) metrics.requestServed(request.method, route, reply.statusCode, reply.elapsedTime)
    requests.info(
      {
        method: request.method,
        route,
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime),
        requestId: request.id,
        caller: request.caller?.service,
      },
      'request',
    )
    // a stopping server closes idle connections once; a later answer would keep its connection for as long as the client likes
    if (!fastify.server.listening) fastify.server.closeIdleConnections()
    done()
  })
}

const isEventStream = (reply: FastifyReply) => String(reply.getHeader('content-type')).startsWith('text/event-stream')

/** The route's template names the server's span; its path is never recorded. */
function nameSpan(request: FastifyRequest): void {
  const route = request.routeOptions.url
  if (route) trace.getActiveSpan()?.setAttribute('http.route', route).updateName(`${request.method} ${route}`)
}

/** Clients send `Content-Type: application/json` without a body where a call needs none. */
function addBodyParsers(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error')
  fastify.removeContentTypeParser('application/json')
  const asJson = async (request: FastifyRequest, body: Buffer): Promise<unknown> => {
    const text = textOf(body)
    if (text === '') return undefined
    return new Promise((resolve, reject) => {
      void parse(request, text, (error, value) => (error ? reject(error) : resolve(value)))
    })
  }
  const asForm = async (_request: FastifyRequest, body: Buffer): Promise<unknown> => parseQuery(escapedTextOf(body))
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, asJson)
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, asForm)
}
