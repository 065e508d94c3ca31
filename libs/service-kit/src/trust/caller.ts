import type { ServiceName } from '@mpics/contracts'

/** A logged-in member, as the token says. */
export interface MemberIdentity {
  readonly accountId: string
  readonly sessionId: string
  readonly roles: readonly string[]
  /** Only the gateway knows of such members: to services they are visitors, or make a call that is open to them. */
  readonly unverified?: true
  /** The account is being closed; as with `unverified`, only the gateway knows. */
  readonly closing?: true
}

/** A calling service, and the member on whose behalf it calls. */
export interface CallerIdentity {
  readonly service: ServiceName
  readonly member?: MemberIdentity
}
