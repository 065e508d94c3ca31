import { randomUUID } from 'node:crypto'
import type { ServerOptions } from 'node:https'
import type { ServiceName } from '@mpics/contracts'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { NotFoundError } from '../problems/general.errors.js'
import { problemOf } from '../problems/problem.js'
import type { OwnHeaders } from './own-headers.js'

const KIB = 1024

/** The gateway lets in and adds to a client's headers, and all must fit into a service: long ones are refused at the edge. */
const maxHeaderBytes = (service: ServiceName) => (service === 'gateway' ? 16 * KIB : 32 * KIB)

const serverOf = (service: ServiceName) => ({
  headersTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: maxHeaderBytes(service),
  // the gateway refuses it itself, in the form of every other problem
  requireHostHeader: service !== 'gateway',
})

/** Some programs escape the `@` of a profile's address, and the router takes `%40` for another letter. */
const ESCAPED_AT = /^(https?:\/\/[^/?#]*)?\/%40/i

/** Every wait has an end. Idle connections outlive the callers' pools, so that no caller writes into a closing one. */
export const newAdapter = (service: ServiceName, own: OwnHeaders, tls?: ServerOptions) =>
  new FastifyAdapter({
    ...(tls ? { https: { ...tls, ...serverOf(service) } } : { http: serverOf(service) }),
    logger: false,
    skipMiddie: true,
    bodyLimit: 256 * KIB,
    requestTimeout: 30_000,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    rewriteUrl: ({ url = '/' }) => (url === '*' ? '/*' : url.replace(ESCAPED_AT, '$1/@')),
    frameworkErrors: answerUnreadableAddress(own),
    routerOptions: { maxParamLength: 512 },
  })

/** The router gives up on a bad escape or an endless parameter before any hook runs; such an address holds nothing. */
const answerUnreadableAddress = (own: OwnHeaders) => (_error: Error, request: FastifyRequest, reply: FastifyReply) => {
  const problem = problemOf(new NotFoundError(), request.id)
  reply
    .status(problem.status)
    .headers(own.ofRefusal(request.id))
    .type('application/problem+json')
    .send(JSON.stringify(problem))
}
