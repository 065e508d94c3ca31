import { DomainError } from '@mpics/contracts'

export class IdempotencyKeyReusedError extends DomainError {
  readonly code = 'idempotency-key-reused'
  readonly kind = 'invalid'
  constructor() {
    super('This Idempotency-Key came with another body before; use a new key for a new request.')
  }
}

export class IdempotencyInProgressError extends DomainError {
  readonly code = 'idempotency-in-progress'
  readonly kind = 'conflict'
  readonly retryAfterSeconds = 1
  constructor() {
    super('The first request with this Idempotency-Key is still running; ask again in a moment.')
  }
}
