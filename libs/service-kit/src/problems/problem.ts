import { DomainError, type ErrorKind, type InputIssue } from '@mpics/contracts'

/** RFC 9457 `application/problem+json`. */
export interface Problem {
  type: string
  title: string
  status: number
  detail?: string
  instance: string
  code: string
  errors?: InputIssue[]
}

const STATUS: Record<ErrorKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'too-slow': 408,
  conflict: 409,
  gone: 410,
  'precondition-failed': 412,
  'too-large': 413,
  'address-too-long': 414,
  unsupported: 415,
  'range-not-satisfiable': 416,
  'expectation-failed': 417,
  invalid: 422,
  'too-many': 429,
  'headers-too-large': 431,
  unavailable: 503,
}

/** `instance` names this occurrence by the request's id, which is in the logs too. */
export function problemOf(error: DomainError, requestId: string): Problem {
  return {
    ...error.extensions,
    ...describe(error.code, STATUS[error.kind], requestId),
    detail: error.message,
    ...(error.errors && { errors: error.errors }),
  }
}

/** Hides the cause of our fault, which is in the logs under the same id. */
export const internalProblem = (requestId: string): Problem => describe('internal', 500, requestId)

const describe = (code: string, status: number, requestId: string): Problem => ({
  type: `urn:mpics:problem:${code}`,
  title: titleOf(code),
  status,
  instance: `urn:uuid:${requestId}`,
  code,
})

/** `identity.handle-taken` → `Handle taken`. */
function titleOf(code: string): string {
  const words = code.slice(code.lastIndexOf('.') + 1).replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
