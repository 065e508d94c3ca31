import { DomainError } from '@mpics/contracts'

export class ConsentTooOftenError extends DomainError {
  readonly code = 'rate-limited'
  readonly kind = 'too-many'
  readonly retryAfterSeconds = 3600
  constructor() {
    super('Your consents were changed very often today; withdrawing works at any time, giving again tomorrow.')
  }
}
