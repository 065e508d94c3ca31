import type { ServiceName } from '@mpics/contracts'

/** Somebody logged in, as the token says. */
export interface MemberIdentity {
  readonly accountId: string
  readonly sessionId: string
  readonly roles: readonly string[]
}

/** Who makes a request: a service, and the member on whose behalf it does. */
export interface CallerIdentity {
  readonly service: ServiceName
  readonly member?: MemberIdentity
}
