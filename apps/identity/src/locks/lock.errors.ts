import { DomainError } from '@mpics/contracts'

export class OwnLockError extends DomainError {
  readonly code = 'identity.own-lock'
  readonly kind = 'forbidden'
  constructor() {
    super(
      'Nobody locks or unlocks their own account, and whoever locked an account cannot be the second person to agree.',
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
