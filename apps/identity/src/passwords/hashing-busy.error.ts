import { DomainError } from '@mpics/contracts'

/** Refuses a caller who has to make room for others. A flood of the caller's own gets `rate-limited`. */
export class HashingBusyError extends DomainError {
  readonly code = 'identity.busy'
  readonly kind = 'too-many'
  constructor(readonly retryAfterSeconds: number) {
    super(`Too many people are logging in at this moment; try again in ${retryAfterSeconds} s.`)
  }
}
