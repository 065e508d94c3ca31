/** The kind of a refusal; the edge turns it into a status once (service-kit, problem.ts). */
export type ErrorKind =
  | 'malformed' // 400
  | 'unauthenticated' // 401
  | 'forbidden' // 403
  | 'not-found' // 404
  | 'method-not-allowed' // 405
  | 'too-slow' // 408
  | 'conflict' // 409
  | 'gone' // 410
  | 'precondition-failed' // 412
  | 'too-large' // 413
  | 'address-too-long' // 414
  | 'unsupported' // 415
  | 'range-not-satisfiable' // 416
  | 'expectation-failed' // 417
  | 'invalid' // 422
  | 'too-many' // 429
  | 'headers-too-large' // 431
  | 'unavailable' // 503

export interface InputIssue {
  /** Dotted path of the field, e.g. `birthDate` or `accepted.terms`. */
  path: string
  /** Stable, e.g. `required`, `unknown-field`, `too-long`. */
  code: string
  message: string
}

/**
 * Something that a caller did or met and can act on. `code` is stable and dotted (`identity.handle-taken`); `detail` says
 * what, where and how to mend it, and never repeats a secret or personal data.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string
  abstract readonly kind: ErrorKind
  /** Further members of the problem document (RFC 9457 §3.2). */
  readonly extensions: Record<string, unknown> = {}
  readonly errors?: InputIssue[]

  constructor(detail: string) {
    super(detail)
    this.name = new.target.name
  }
}
