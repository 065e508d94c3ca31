import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import replyFrom from '@fastify/reply-from'
import fastifyStatic from '@fastify/static'
import { OwnHeaders } from '@mpics/service-kit'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import helmet, { type HelmetOptions } from 'helmet'
import { Clients } from '../clients/clients.js'
import { compressAnswers } from '../compression/compress-answers.js'
import { GatewayConfig } from '../config.js'
import { swaggerFiles, swaggerFolder } from '../docs/api-page.js'
import { PageCookies } from '../page-sessions/page-cookies.js'
import { assetsFolder } from '../pages/assets.js'
import { BareLoads } from '../page-views/bare-loads.js'
import { SiteNews } from '../pages/site-news.js'
import { Transfers } from '../limits/transfers.js'
import { PoliciesInForce } from '../policies/policies-in-force.js'
import { Upstreams } from '../proxy/upstreams.js'
import { sayAllowedMethods } from './allowed-methods.js'
import { addBodyParsers } from './body-parsers.js'
import { ServedRequests } from '../served-requests/served-requests.js'
import { boundConnections } from './bound-connections.js'
import { addEdgeHooks, policyLinks } from './edge-hooks.js'
import { noteAnswers } from './note-answers.js'
import { noteParts } from './note-parts.js'
import { requireProperRequests } from './proper-requests.js'
import { watchAnswers } from './watch-answers.js'

/** Leaves time for an upload over a slow line; the server’s own headersTimeout still bounds the headers. */
const REQUEST_TIMEOUT_MS = 120_000

/** Prepares the public side before it listens. */
export async function configureEdge(app: NestFastifyApplication): Promise<void> {
  const config = app.get(GatewayConfig)
  const fastify = app.getHttpAdapter().getInstance()
  fastify.server.requestTimeout = REQUEST_TIMEOUT_MS
  const [clients, transfers] = [app.get(Clients), app.get(Transfers)]
  boundConnections(fastify.server, config.GATEWAY_TRUSTED_PROXIES, config.GATEWAY_CONNECTIONS_PER_ADDRESS)
  addBodyParsers(fastify, clients, transfers)
  const policies = app.get(PoliciesInForce)
  const [cookies, news] = [app.get(PageCookies, { strict: false }), app.get(SiteNews, { strict: false })]
  addEdgeHooks(fastify, policies, { cookies, news })
  compressAnswers(fastify)
  watchAnswers(fastify, clients, transfers)
  noteAnswers(fastify, app.get(ServedRequests))
  noteParts(fastify, app.get(BareLoads, { strict: false }))
  const secure = securityHeaders(config)
  const always = new Map(Object.entries(secure))
  fastify.addHook('onRequest', (_request, { raw }, done) => {
    raw.setHeaders(always)
    done()
  })
  app.get(OwnHeaders).headers = () => ({ ...secure, link: policyLinks(policies) })
  requireProperRequests(fastify)
  sayAllowedMethods(fastify)
  await app.register(replyFrom, { undici: { request: app.get(Upstreams).request }, disableRequestLogging: true })
  await serveFiles(app)
  allowOrigins(app, config.GATEWAY_CORS_ORIGINS)
}

async function serveFiles(app: NestFastifyApplication): Promise<void> {
  const files = { index: false as const, wildcard: false, decorateReply: false, acceptRanges: false }
  await app.register(fastifyStatic, {
    ...files,
    root: assetsFolder,
    prefix: '/assets/',
    maxAge: '365d',
    immutable: true,
  })
  await app.register(fastifyStatic, {
    ...files,
    root: swaggerFolder,
    prefix: '/docs/assets/',
    maxAge: '1h',
    globIgnore: ['**/!(swagger-ui.css|swagger-ui-bundle.js)'],
    allowedPath: (path) => swaggerFiles.some((file) => path === `/${file}`),
  })
}

/** For answers of the API; pages list what they load in `pages/page-headers.ts`. */
function securityHeaders(config: GatewayConfig): Record<string, string> {
  const options: HelmetOptions = {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'base-uri': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    crossOriginResourcePolicy: { policy: config.GATEWAY_CORS_ORIGINS.length > 0 ? 'cross-origin' : 'same-origin' },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: config.secure && { maxAge: 2 * 365 * 24 * 3600, includeSubDomains: true },
  }
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  helmet(options)(response.req, response, () => undefined)
  return response.getHeaders() as Record<string, string>
}

/**
 * Lets scripts of the configured origins, and of no other site, read answers. They send no cookies but the access token
 * that they hold themselves.
 */
function allowOrigins(app: NestFastifyApplication, origins: string[]): void {
  if (origins.length === 0) return
  app.enableCors({
    origin: origins,
    credentials: false,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match', 'last-event-id'],
    exposedHeaders: ['etag', 'link', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'retry-after'],
    maxAge: 600,
    // `sayAllowedMethods` answers all OPTIONS, and these headers are added to what it says
    preflightContinue: true,
    strictPreflight: false,
  })
}
