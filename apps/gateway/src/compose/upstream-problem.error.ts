import { DomainError, type ErrorKind, type InputIssue } from '@mpics/contracts'
import { PeerError, UnavailableError } from '@mpics/service-kit'

const KINDS: Readonly<Record<number, ErrorKind>> = {
  400: 'malformed',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  410: 'gone',
  422: 'invalid',
  429: 'too-many',
}

interface ProblemDocument {
  code?: string
  detail?: string
  errors?: InputIssue[]
}

/** What a service refused, said again by the edge in an answer of its own. */
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

/** Anything but a refusal is a failure of the service, which is none of the client’s business. */
export function upstreamProblem(status: number, problem: ProblemDocument): DomainError {
  const kind = KINDS[status]
  return kind ? new UpstreamProblem(kind, problem) : new UnavailableError()
}

/** For `catch`: what another service refused is said again; anything else is thrown on. */
export function rethrowUpstreamProblem(error: unknown): never {
  if (error instanceof PeerError) throw upstreamProblem(error.status, { code: error.code, detail: error.message })
  throw error
}
