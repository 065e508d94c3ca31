import type { CallerIdentity } from '../trust/caller.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes the request; set once the access rules were checked. */
    caller?: CallerIdentity
    /** Parsed params, query and body of a defined call. */
    input?: unknown
  }
}
