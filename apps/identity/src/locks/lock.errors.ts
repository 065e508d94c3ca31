import { DomainError } from '@mpics/contracts'

export class OwnLockError extends DomainError {
  readonly code = 'identity.own-lock'
  readonly kind = 'forbidden'
  constructor() {
    super(
      'Nobody locks or unlocks their own account, and whoever locked an account cannot be the second person to agree. Nobody agrees to a lock from the command line; take it away, and lock anew with an account of the staff.',
    )
  }
}

export class LockNotForErasureError extends DomainError {
  readonly code = 'identity.lock-not-for-erasure'
  readonly kind = 'conflict'
  constructor() {
    super('This account is not locked for a reason that leads to its erasure.')
  }
}
