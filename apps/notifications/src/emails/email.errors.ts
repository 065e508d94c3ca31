import { DomainError } from '@mpics/contracts'

/** A digest that is being sent takes nothing more. */
export class DigestClosedError extends DomainError {
  readonly code = 'notifications.digest-closed'
  readonly kind = 'conflict'
  constructor() {
    super('This digest is being sent or was; the next one tells of it.')
  }
}
