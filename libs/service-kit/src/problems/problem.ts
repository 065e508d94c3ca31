import { DomainError, type InputIssue, problemStatus, titleOfProblem, typeOfProblem } from '@mpics/contracts'

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

/** `instance` names this occurrence by the request's id, which is in the logs too. */
export function problemOf(error: DomainError, requestId: string): Problem {
  return {
    ...error.extensions,
    ...describe(error.code, problemStatus[error.kind], requestId),
    detail: error.message,
    ...(error.errors && { errors: error.errors }),
  }
}

/** Hides the cause of our fault, which is in the logs under the same id. */
export const internalProblem = (requestId: string): Problem => describe('internal', 500, requestId)

const describe = (code: string, status: number, requestId: string): Problem => ({
  type: typeOfProblem(code),
  title: titleOfProblem(code),
  status,
  instance: `urn:uuid:${requestId}`,
  code,
})
