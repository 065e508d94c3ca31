import { DomainError, type InputIssue } from '@mpics/contracts'

export class InputInvalidError extends DomainError {
  readonly code = 'input-invalid'
  readonly kind = 'invalid'
  constructor(override readonly errors: InputIssue[]) {
    super('Some of the input cannot be accepted; `errors` lists every field and why.')
  }
}

export class BodyMalformedError extends DomainError {
  readonly code = 'body-malformed'
  readonly kind = 'malformed'
}

export class UnauthenticatedError extends DomainError {
  readonly code = 'unauthenticated'
  readonly kind = 'unauthenticated'
  constructor(detail = 'Log in and send the access token as `Authorization: Bearer …`.') {
    super(detail)
  }
}

export class ForbiddenError extends DomainError {
  readonly code = 'forbidden'
  readonly kind = 'forbidden'
  constructor(detail = 'You are not allowed to do this.') {
    super(detail)
  }
}

export class NotFoundError extends DomainError {
  readonly code = 'not-found'
  readonly kind = 'not-found'
  constructor(detail = 'There is nothing at this address.') {
    super(detail)
  }
}

export class TooLargeError extends DomainError {
  readonly code = 'too-large'
  readonly kind = 'too-large'
  constructor(detail = 'The body is larger than this call accepts.') {
    super(detail)
  }
}

export class UnsupportedMediaTypeError extends DomainError {
  readonly code = 'unsupported-media-type'
  readonly kind = 'unsupported'
  constructor(expected = 'application/json') {
    super(`Send the body as ${expected} and say so in Content-Type.`)
  }
}

export class RateLimitedError extends DomainError {
  readonly code = 'rate-limited'
  readonly kind = 'too-many'
  constructor(readonly retryAfterSeconds: number) {
    super(`Too many requests; try again in ${retryAfterSeconds} s.`)
  }
}

export class UnavailableError extends DomainError {
  readonly code: string = 'unavailable'
  readonly kind = 'unavailable'
  readonly retryAfterSeconds: number = 2
  constructor(detail = 'A part of the site that this needs does not answer; try again in a moment.') {
    super(detail)
  }
}

export class PreconditionFailedError extends DomainError {
  readonly code = 'precondition-failed'
  readonly kind = 'precondition-failed'
  constructor(detail = 'It was changed since you read it; read it again and repeat the change.') {
    super(detail)
  }
}
