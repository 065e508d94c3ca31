import { DomainError } from '@mpics/contracts'

export class UnsubscribeLinkInvalidError extends DomainError {
  readonly code = 'notifications.unsubscribe-link-invalid'
  readonly kind = 'not-found'
  constructor() {
    super('This is no unsubscribe link of ours; use the one in the mail, or the settings.')
  }
}
