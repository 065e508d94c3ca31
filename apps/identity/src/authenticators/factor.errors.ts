import { DomainError } from '@mpics/contracts'

export class FactorNotFoundError extends DomainError {
  readonly code = 'identity.factor-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('You have no such factor; GET /v1/me/authenticators shows which you have.')
  }
}

export class TotpActiveError extends DomainError {
  readonly code = 'identity.totp-active'
  readonly kind = 'conflict'
  constructor() {
    super('An authenticator app is in use; take it out before you add another one.')
  }
}

/** Does not tell a wrong code from one that was used. */
export class FactorFailedError extends DomainError {
  readonly code = 'identity.factor-failed'
  readonly kind = 'forbidden'
  constructor() {
    super('This code is not good, or was used before; enter the next one.')
  }
}
