import { analytics, DEFAULT_LANGUAGE, gateway } from '@mpics/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errorPage, type ShownProblem } from '../pages/error-page.js'
import type { PageCookies } from '../page-sessions/page-cookies.js'
import { pageHeaders } from '../pages/page-headers.js'
import type { SiteNews } from '../pages/site-news.js'
import { edgeRouteOf } from '../routes/edge-route.js'
import { pathOf } from '../routes/request-path.js'
import type { PoliciesInForce, PolicyDocument } from '../policies/policies-in-force.js'

/** What an error page needs beside the problem. */
export interface ErrorFrame {
  cookies: PageCookies
  news: SiteNews
}

/** Adds to every answer, whichever handler made it, the policy links, and shows problems to browsers as pages. */
export function addEdgeHooks(fastify: FastifyInstance, policies: PoliciesInForce, frame: ErrorFrame): void {
  fastify.addHook('onRequest', ({ headers }, _reply, done) => {
    // a client’s own id could tie requests together; a removed member would make all of them slower
    if (headers['x-request-id'] !== undefined) delete headers['x-request-id']
    done()
  })
  fastify.addHook('onSend', (request, reply, payload, done) => {
    addLinks(request, reply, policies)
    // the gateway does not read a refused body to its end, which may never come
    if (!request.raw.complete) reply.header('connection', 'close')
    if (reply.statusCode === 401 && request.headers.authorization !== undefined && !asksForProof(reply))
      reply.header('www-authenticate', 'Bearer error="invalid_token"') // RFC 6750 §3.1
    if (!isProblemForBrowser(request, reply, payload)) return done(null, payload)
    const isMember = frame.cookies.sessionIn(request.headers.cookie) !== undefined
    done(null, asPage(reply, payload, isMember, frame.news))
  })
}

/** RFC 9470 §3: the token is good, and a new one would not do. */
const asksForProof = (reply: FastifyReply): boolean =>
  String(reply.getHeader('www-authenticate')).includes('insufficient_user_authentication')

function addLinks(request: FastifyRequest, reply: FastifyReply, policies: PoliciesInForce): void {
  const others = reply.getHeader('link')
  const own = tellsCounts(request) ? `${policyLinks(policies)}, ${COUNTING_RULES}` : policyLinks(policies)
  reply.header('link', others === undefined ? own : [others, own].flat().join(', '))
}

const COUNTING_RULES = `<${analytics.countingRules.page}>; rel="help"`

/** Whoever reads a number learns by which rules it was counted. */
function tellsCounts(request: FastifyRequest): boolean {
  const api = edgeRouteOf(request)?.api
  return api !== undefined && api.method === 'GET' && (api.service === 'analytics' || api === gateway.getMyStats)
}

/** Links the documents in force by their registered relations (RFC 6903 §3 and §5; policy: "by visiting … you are accepting", B02). */
export function policyLinks(policies: PoliciesInForce): string {
  const link = (document: PolicyDocument, relation: string) => {
    const version = policies.versionOf(document)
    const query = version ? `?version=${encodeURIComponent(version)}` : ''
    return `</policies/${document}${query}>; rel="${relation}"${version ? `; title="${version}"` : ''}`
  }
  return `${link('privacy', 'privacy-policy')}, ${link('terms', 'terms-of-service')}`
}

const isProblemForBrowser = (request: FastifyRequest, reply: FastifyReply, payload: unknown): payload is string =>
  typeof payload === 'string' &&
  String(reply.getHeader('content-type')).startsWith('application/problem+json') &&
  !/^\/(v1|\.well-known)\//.test(pathOf(request)) &&
  /text\/html/.test(request.headers.accept ?? '')

function asPage(reply: FastifyReply, problem: string, isMember: boolean, news: SiteNews): string {
  reply.removeHeader('content-length').headers({ ...pageHeaders, 'cache-control': 'no-store' })
  return errorPage(JSON.parse(problem) as ShownProblem, isMember, news.in(DEFAULT_LANGUAGE))
}
