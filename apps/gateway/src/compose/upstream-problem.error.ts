import { DomainError, type ErrorKind, type InputIssue } from '@mpics/contracts'
import { PeerError, UnavailableError } from '@mpics/service-kit'

const KINDS: Readonly<Record<number, ErrorKind>> = {
  400: 'malformed',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  410: 'gone',
  412: 'precondition-failed',
  413: 'too-large',
  414: 'address-too-long',
  415: 'unsupported',
  416: 'range-not-satisfiable',
  422: 'invalid',
  429: 'too-many',
  431: 'headers-too-large',
}
const isRefusal = (status: number) => status >= 400 && status < 500

interface ProblemDocument {
  code?: string
  detail?: string
  errors?: InputIssue[]
}

/** Repeats the refusal of a service in an answer of the gateway’s own. */
class UpstreamProblem extends DomainError {
  readonly code: string
  override readonly errors?: InputIssue[]

  constructor(
    readonly kind: ErrorKind,
    problem: ProblemDocument,
  ) {
    super(problem.detail ?? 'The request was refused.')
    this.code = problem.code ?? 'refused'
    this.errors = problem.errors
  }
}

/** Hides from clients everything but a refusal: any other status is a failure of the service. What a client sends never is. */
export function upstreamProblem(status: number, problem: ProblemDocument): DomainError {
  if (!isRefusal(status)) return new UnavailableError()
  return new UpstreamProblem(KINDS[status] ?? 'malformed', problem)
}

/** For `catch`: turns the refusal of another service into a problem of the gateway, and throws other errors on. */
export function rethrowUpstreamProblem(error: unknown): never {
  if (error instanceof PeerError) {
    const { status, code, message, problem } = error
    const errors = problem['errors'] as InputIssue[] | undefined
    throw upstreamProblem(status, { code, detail: problem.detail ?? message, errors })
  }
  throw error
}
