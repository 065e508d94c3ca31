import { DomainError } from '@mpics/contracts'

/** The object store does not answer, or refuses us; `cause` is for the logs. */
export class StorageUnavailableError extends DomainError {
  readonly code = 'media.storage-unavailable'
  readonly kind = 'unavailable'
  readonly retryAfterSeconds = 2
  constructor(override readonly cause?: unknown) {
    super('Photos cannot be stored or read at this moment; try again in a moment.')
  }
}

/** There is no object of this name: for callers to interpret, never shown. */
export class ObjectMissingError extends Error {
  constructor(readonly key: string) {
    super(`The object store has no ${key}`)
    this.name = 'ObjectMissingError'
  }
}
