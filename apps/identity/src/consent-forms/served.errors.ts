import { DomainError } from '@mpics/contracts'

const AGAIN = 'Show the form of GET /v1/consent-forms/{purpose} again.'

export class ServedMissingError extends DomainError {
  readonly code = 'identity.served-missing'
  readonly kind = 'invalid'
  constructor() {
    super(`Giving consent needs noticeVersion and served of the form that was shown. ${AGAIN}`)
  }
}

export class ServedInvalidError extends DomainError {
  readonly code = 'identity.served-invalid'
  readonly kind = 'invalid'
  constructor() {
    super(`served is no token of ours. ${AGAIN}`)
  }
}

export class ServedForAnotherAccountError extends DomainError {
  readonly code = 'identity.served-for-another-account'
  readonly kind = 'forbidden'
  constructor() {
    super(`This form was shown to another account. ${AGAIN}`)
  }
}

export class ServedForAnotherPurposeError extends DomainError {
  readonly code = 'identity.served-for-another-purpose'
  readonly kind = 'conflict'
  constructor() {
    super(`This form asked for another purpose. ${AGAIN}`)
  }
}

export class ServedForAnotherNoticeError extends DomainError {
  readonly code = 'identity.served-for-another-notice'
  readonly kind = 'conflict'
  constructor() {
    super(`This form was shown under another version of the privacy policy. ${AGAIN}`)
  }
}

export class ServedExpiredError extends DomainError {
  readonly code = 'identity.served-expired'
  readonly kind = 'gone'
  constructor() {
    super(`This form was shown more than 24 hours ago. ${AGAIN}`)
  }
}

export class ServedUsedError extends DomainError {
  readonly code = 'identity.served-used'
  readonly kind = 'conflict'
  constructor() {
    super(`This form was answered already, and the answer changed since. ${AGAIN}`)
  }
}
