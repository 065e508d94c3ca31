import { DomainError, type InputIssue } from '@mpics/contracts'

export class AccountNotFoundError extends DomainError {
  readonly code = 'identity.account-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('There is no such account.')
  }
}

export class UnderAgeError extends DomainError {
  readonly code = 'identity.under-age'
  readonly kind = 'forbidden'
  constructor() {
    super('Million Pictures is for people of 13 and older. Nothing that you entered was kept.')
  }
}

export class BirthDateImplausibleError extends DomainError {
  readonly code = 'input-invalid'
  readonly kind = 'invalid'
  override readonly errors: InputIssue[] = [
    { path: 'birthDate', code: 'implausible', message: 'Nobody who is alive was born on this day.' },
  ]
  constructor() {
    super('The birth date cannot be right.')
  }
}

export class HandleTakenError extends DomainError {
  readonly code = 'identity.handle-taken'
  readonly kind = 'conflict'
  constructor() {
    super('This handle is taken; choose another one.')
  }
}

export class AccountLockedError extends DomainError {
  readonly code = 'identity.account-locked'
  readonly kind = 'forbidden'
  constructor() {
    super('This account is locked. The mail that told you of it has a link to object; help is at /policies/terms.')
  }
}

/** Only the holder of a link to the address gets this error. */
export class EmailTakenError extends DomainError {
  readonly code = 'identity.email-taken'
  readonly kind = 'conflict'
  constructor() {
    super('Another account has verified this address in the meantime; log in there.')
  }
}

/** Only notifications gets it, and tries again. */
export class NoticeFirstError extends DomainError {
  readonly code = 'identity.notice-first'
  readonly kind = 'conflict'
  constructor() {
    super('The present address is told first.')
  }
}

export class EmailChangeFrozenError extends DomainError {
  readonly code = 'identity.email-change-frozen'
  readonly kind = 'conflict'
  constructor() {
    super('The present address has frozen the change; keep or drop it with the link in the mail to that address.')
  }
}

/** Does not tell whether the link was used, superseded, expired or invented. */
export class LinkExpiredError extends DomainError {
  readonly code = 'identity.link-expired'
  readonly kind = 'gone'
  constructor() {
    super('This link does not work any more; ask for a new mail and use the link in it.')
  }
}

export class PasskeyTakenError extends DomainError {
  readonly code = 'identity.passkey-taken'
  readonly kind = 'conflict'
  constructor() {
    super('This passkey is kept already; use it, or make another one.')
  }
}
