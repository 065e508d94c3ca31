import { DomainError } from '@mpics/contracts'

/** Does not tell a wrong password from an unknown account (OWASP ASVS 5.0.0, 6.3.8). */
export class LoginFailedError extends DomainError {
  readonly code = 'identity.login-failed'
  readonly kind = 'unauthenticated'
  constructor() {
    super('Handle or address and password do not belong together.')
  }
}

export class RefreshInvalidError extends DomainError {
  readonly code = 'identity.refresh-invalid'
  readonly kind = 'unauthenticated'
  constructor() {
    super('This is no refresh token of ours; log in again.')
  }
}

/** Two clients hold the same token and one may be a thief, so neither continues (RFC 9700 §4.14.2). */
export class RefreshReusedError extends DomainError {
  readonly code = 'identity.refresh-reused'
  readonly kind = 'unauthenticated'
  constructor() {
    super('This refresh token was used before, so the session has ended; log in again.')
  }
}

export class SessionEndedError extends DomainError {
  readonly code = 'identity.session-ended'
  readonly kind = 'unauthenticated'
  constructor() {
    super('The session has ended; log in again.')
  }
}

export class SessionNotFoundError extends DomainError {
  readonly code = 'identity.session-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('You have no such session.')
  }
}
