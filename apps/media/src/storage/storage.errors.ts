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

/** An object that a document promises is missing. A worker draws its conclusions; a viewer hears that the photo is unavailable. */
export class ObjectMissingError extends StorageUnavailableError {
  constructor(key: string) {
    super(new Error(`the object store has no ${key}`))
  }
}
