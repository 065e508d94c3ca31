import { DomainError } from '@mpics/contracts'
import { z } from 'zod'

export class CookiesRequiredError extends DomainError {
  readonly code = 'gateway.cookies-required'
  readonly kind = 'forbidden'
  constructor() {
    super(
      'This form needs a cookie, and your browser sent none: allow cookies for this site, open the page again, and send it once more.',
    )
  }
}

export class FormExpiredError extends DomainError {
  readonly code = 'gateway.form-expired'
  readonly kind = 'forbidden'
  constructor() {
    super('This form does not belong to your session any more: open its page again, and send it once more.')
  }
}

/** Whose page it would be, the token or the session alone could say. */
export class TwoIdentitiesError extends DomainError {
  readonly code = 'gateway.two-identities'
  readonly kind = 'forbidden'
  constructor() {
    super('This request names somebody twice, by a token and by the cookie of a log-in: pages take the cookie alone.')
  }
}

/** Handlers of pages never see it: the visitor is sent to log in. */
export class LogInNeededError extends DomainError {
  readonly code = 'unauthenticated'
  readonly kind = 'unauthenticated'
  constructor(readonly hadSession: boolean) {
    super('Log in first.')
  }
}

/** The member is asked to show who they are, and comes back. */
export class ProofNeededError extends DomainError {
  readonly code = 'identity.proof-needed'
  readonly kind = 'unauthenticated'
  constructor() {
    super('Show first that it is you.')
  }
}

export const FACTOR_NEEDED = 'identity.factor-needed'

const pendingLogIn = z.object({ sessionId: z.string(), factors: z.array(z.string()) })

/** The password was right, and a second factor completes the log-in. */
export class FactorNeededError extends DomainError {
  readonly code = FACTOR_NEEDED
  readonly kind = 'unauthenticated'
  readonly pending: z.output<typeof pendingLogIn>
  constructor(problem: unknown) {
    super('A second factor is needed.')
    this.pending = pendingLogIn.parse(problem)
  }
}
