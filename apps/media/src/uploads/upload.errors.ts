import { DomainError } from '@mpics/contracts'

const ACCEPTED = 'JPEG, PNG, WebP and AVIF are accepted.'

export class FileMissingError extends DomainError {
  readonly code = 'media.file-missing'
  readonly kind = 'invalid'
  constructor() {
    super('The form has no file: send the picture as the field `file`.')
  }
}

export class FormMalformedError extends DomainError {
  readonly code = 'media.form-malformed'
  readonly kind = 'malformed'
  constructor(what: string) {
    super(`The form cannot be read: ${what}.`)
  }
}

export class UnsupportedTypeError extends DomainError {
  readonly code = 'media.unsupported-type'
  readonly kind = 'unsupported'
  constructor(found: string | undefined) {
    super(`By its content this is ${found ?? 'no picture that we know'}; its name does not matter. ${ACCEPTED}`)
  }
}

export class PhotoTooLargeError extends DomainError {
  readonly code = 'media.too-large'
  readonly kind = 'too-large'
  constructor() {
    super('The picture is larger than 40 MB; save it with a stronger compression.')
  }
}

export class TooManyPixelsError extends DomainError {
  readonly code = 'media.too-many-pixels'
  readonly kind = 'invalid'
  constructor() {
    super('The picture has more than 50 megapixels; make it smaller.')
  }
}

export class AnimatedError extends DomainError {
  readonly code = 'media.animated'
  readonly kind = 'invalid'
  constructor() {
    super(`The picture moves; only single pictures are accepted. ${ACCEPTED}`)
  }
}

export class DamagedError extends DomainError {
  readonly code = 'media.damaged'
  readonly kind = 'invalid'
  constructor() {
    super('The picture cannot be read: the file is damaged or incomplete.')
  }
}

export class QuotaExceededError extends DomainError {
  readonly code = 'media.quota-exceeded'
  readonly kind = 'too-many'
  readonly retryAfterSeconds = 3600
  constructor(perDay: number) {
    super(`At most ${perDay} photos can be uploaded in 24 hours; go on later.`)
  }
}

export class TooComplexError extends DomainError {
  readonly code = 'media.too-complex'
  readonly kind = 'invalid'
  constructor() {
    super('The picture takes far more work to decode than its size explains; save it anew with an ordinary program.')
  }
}

export class TooManyUploadsError extends DomainError {
  readonly code = 'media.too-many-uploads'
  readonly kind = 'too-many'
  readonly retryAfterSeconds = 5
  constructor(each: number) {
    super(`At most ${each} pictures of one account are received at the same time; wait until one of them is through.`)
  }
}

export class UploadTooSlowError extends DomainError {
  readonly code = 'media.upload-too-slow'
  readonly kind = 'too-slow'
  constructor() {
    super('The picture came too slowly, while others waited; try again on a faster line.')
  }
}
