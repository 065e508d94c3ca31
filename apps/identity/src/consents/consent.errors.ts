import { DomainError } from '@mpics/contracts'

export class ConsentTooOftenError extends DomainError {
  readonly code = 'rate-limited'
  readonly kind = 'too-many'
  readonly retryAfterSeconds = 3600
  constructor() {
    super('Your consents were changed very often today; withdrawing works at any time, giving again tomorrow.')
  }
}

export class ClosingGivesNothingError extends DomainError {
  readonly code = 'identity.account-closing'
  readonly kind = 'forbidden'
  constructor() {
    super('This account is being closed or locked: restore it before you give consent. Withdrawing works at any time.')
  }
}
