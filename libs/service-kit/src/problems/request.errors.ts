import { DomainError } from '@mpics/contracts'

/** Refusals of what is no proper HTTP request, whatever it asks for (RFC 9110, RFC 9112). */
export class RequestMalformedError extends DomainError {
  readonly code = 'request-malformed'
  readonly kind = 'malformed'
  constructor(detail = 'This is no HTTP/1.1 request that can be read.') {
    super(detail)
  }
}

export class MethodNotAllowedError extends DomainError {
  readonly code = 'method-not-allowed'
  readonly kind = 'method-not-allowed'
  /** The answer names the methods that there are (RFC 9110 §15.5.6). */
  readonly headers: Readonly<Record<string, string>>

  constructor(allow: string) {
    super(`This address takes ${allow}.`)
    this.headers = { allow }
  }
}

export class RequestTimeoutError extends DomainError {
  readonly code = 'request-timeout'
  readonly kind = 'too-slow'
  constructor() {
    super('The request came too slowly; send it again, faster.')
  }
}

export class AddressTooLongError extends DomainError {
  readonly code = 'address-too-long'
  readonly kind = 'address-too-long'
  constructor() {
    super('The address is too long.')
  }
}

export class ExpectationFailedError extends DomainError {
  readonly code = 'expectation-failed'
  readonly kind = 'expectation-failed'
  constructor() {
    super('The only expectation that can be met is 100-continue.')
  }
}

export class ContentCodingError extends DomainError {
  readonly code = 'content-coding-unsupported'
  readonly kind = 'unsupported'
  /** The answer has them (RFC 9110 §12.5.3). */
  readonly headers = { 'accept-encoding': 'identity' }
  constructor() {
    super('Send the body as it is, without Content-Encoding.')
  }
}

export class HeadersTooLargeError extends DomainError {
  readonly code = 'headers-too-large'
  readonly kind = 'headers-too-large'
  constructor() {
    super('The header fields are too large together; send fewer or shorter ones.')
  }
}
