import type { ExecutionContext } from '@nestjs/common'
import type { CallerIdentity } from './caller.js'

/** Identifies the caller of a request. Services verify internal tokens; the gateway meets browsers and replaces this. */
export abstract class Authentication {
  /** Closes handlers without a definition (`@Endpoint`), so that none is open by oversight. */
  readonly definedCallsOnly?: boolean

  /** Throws UnauthenticatedError for missing or bad credentials. */
  abstract callerOf(context: ExecutionContext): Promise<CallerIdentity>
}
