import { DomainError } from '@mpics/contracts'

/** Policy: "in all cases you will continue to receive all system e-mails and legal notices" (B25, B26). */
export class CategoryLockedError extends DomainError {
  readonly code = 'notifications.category-locked'
  readonly kind = 'conflict'
  constructor(category: string) {
    super(`Mails of the category ${category} are always sent and cannot be turned off; leave ${category} out.`)
  }
}

export class SetByConsentError extends DomainError {
  readonly code = 'notifications.set-by-consent'
  readonly kind = 'conflict'
  constructor(category: string) {
    super(`${category} follows a consent: use PUT /v1/me/consents/email-${category}, and leave ${category} out here.`)
  }
}

/** Erased between two readings. */
export class SettingsGoneError extends DomainError {
  readonly code = 'notifications.settings-gone'
  readonly kind = 'gone'
  constructor() {
    super('The account does not exist any more.')
  }
}
