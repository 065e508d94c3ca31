import type { ApiDefinition } from '@mpics/contracts'
import type { StreamedCall } from '../idempotency/streamed-call.js'
import type { CallerIdentity } from '../trust/caller.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** The access rules set it. */
    caller?: CallerIdentity
    /** The definition of the call that it makes. */
    api?: ApiDefinition
    /** Parsed params, query and body of a defined call. */
    input?: unknown
    /** The id for the thing that the request makes; set for a request with an Idempotency-Key. */
    idForRequest?: string
    /** Set for a request with an Idempotency-Key whose body is a stream. */
    streamedCall?: StreamedCall
    /** The caller waits until then, by `performance.now()`. */
    deadline?: number
  }
}
