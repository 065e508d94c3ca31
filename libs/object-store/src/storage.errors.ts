import { DomainError } from '@mpics/contracts'

/** The object store does not answer, or refuses us; `cause` is for the logs. */
export class StorageUnavailableError extends DomainError {
  readonly code: string
  readonly kind = 'unavailable'
  readonly retryAfterSeconds = 2
  constructor(
    service: string,
    override readonly cause?: unknown,
  ) {
    super('Files cannot be stored or read at this moment; try again in a moment.')
    this.code = `${service}.storage-unavailable`
  }
}

/** The bucket itself is missing. Whoever lists it may know that nothing was put there yet. */
export class BucketMissingError extends StorageUnavailableError {}

/** An object that a document promises is missing. A worker draws its conclusions; a viewer hears that the file is unavailable. */
export class ObjectMissingError extends StorageUnavailableError {
  constructor(service: string, key: string) {
    super(service, new Error(`the object store has no ${key}`))
  }
}
