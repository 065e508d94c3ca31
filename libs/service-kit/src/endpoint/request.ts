import type { CallerIdentity } from '../trust/caller.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes the request; set once the access rules were checked. */
    caller?: CallerIdentity
    /** Parsed params, query and body of a defined call. */
    input?: unknown
    /** The id that what it makes is to have; set for a request with an Idempotency-Key. */
    idForRequest?: string
  }
}
