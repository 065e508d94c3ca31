import type { ExecutionContext } from '@nestjs/common'
import type { CallerIdentity } from './caller.js'

/** Tells who makes a request. Services verify internal tokens; the gateway replaces this, for it meets browsers. */
export abstract class Authentication {
  /** Handlers without a definition (`@Endpoint`) are closed, so that none is open by oversight. */
  readonly definedCallsOnly?: boolean

  /** Throws UnauthenticatedError for credentials that are missing or not good. */
  abstract callerOf(context: ExecutionContext): Promise<CallerIdentity>
}
