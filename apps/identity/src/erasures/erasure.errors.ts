import { DomainError } from '@mpics/contracts'

export class ErasureNotFoundError extends DomainError {
  readonly code = 'identity.erasure-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('There is no such erasure.')
  }
}

/** The account was restored, or its lock taken away, before its erasure began. */
export class NotDueError extends DomainError {
  readonly code = 'identity.not-due'
  readonly kind = 'conflict'
  constructor() {
    super('This account does not wait for its erasure.')
  }
}
