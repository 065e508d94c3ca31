import { DomainError, type InputIssue } from '@mpics/contracts'

export class TokenNotFoundError extends DomainError {
  readonly code = 'identity.token-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('You have no such token.')
  }
}

export class TooManyTokensError extends DomainError {
  readonly code = 'identity.too-many-tokens'
  readonly kind = 'conflict'
  constructor() {
    super('You have 20 tokens, which is the most; end one that no program uses any more.')
  }
}

export class TokenExpiryRefusedError extends DomainError {
  readonly code = 'input-invalid'
  readonly kind = 'invalid'
  override readonly errors: InputIssue[] = [
    { path: 'expiresAt', code: 'out-of-range', message: 'A time from now on, a year ahead at most.' },
  ]
  constructor() {
    super('A token ends in the future, within a year.')
  }
}
