import { DomainError } from '@mpics/contracts'

/** The process ended before it answered, by itself or by a crash of a decoder. */
export class DecodingEndedError extends Error {
  constructor(how: string) {
    super(`the decoding process ended: ${how}`)
    this.name = 'DecodingEndedError'
  }
}

/** The program met what it did not expect in a file; it would meet it again. */
export class UnreadableFileError extends Error {
  constructor(failure: string) {
    super(`the decoding process could not read a file: ${failure}`)
    this.name = 'UnreadableFileError'
  }
}

/** A picture took all the time or memory that it was given. */
export class LimitReachedError extends Error {
  constructor(readonly limit: 'time' | 'memory') {
    super(`the decoding process reached its limit of ${limit}`)
    this.name = 'LimitReachedError'
  }
}

/** No fault of the photo: its event waits, as it would for a server that is away. */
export class DecodersBusyError extends DomainError {
  readonly code = 'media.decoders-busy'
  readonly kind = 'unavailable'
  readonly retryAfterSeconds = 2
  constructor() {
    super('Many pictures are being processed; try again in a moment.')
  }
}
