import { DomainError } from '@mpics/contracts'

/** Does not tell whether it was completed, tried too often, too old, or invented. */
export class LogInExpiredError extends DomainError {
  readonly code = 'identity.log-in-expired'
  readonly kind = 'gone'
  constructor() {
    super('This log-in cannot be completed any more; begin again with the password.')
  }
}
