/** RFC 9457 problem details, as every refusal is answered. */
export interface Problem {
  type: string
  title: string
  status: number
  /** Stable: what a program decides by. */
  code: string
  detail?: string
  /** Names this occurrence in the logs of the server. */
  instance?: string
  errors?: readonly { path: string; message: string }[]
}

/** The server refused a call, and said why. */
export class ProblemError extends Error {
  constructor(
    readonly call: string,
    readonly status: number,
    readonly problem: Problem | undefined,
    body: unknown,
  ) {
    super(`${call} answered ${status}: ${problem?.detail ?? problem?.title ?? JSON.stringify(body)?.slice(0, 500)}`)
    this.name = 'ProblemError'
  }

  get code(): string | undefined {
    return this.problem?.code
  }
}

/** Nothing was answered: whether the call was carried out is not known. */
export class NoAnswerError extends Error {
  constructor(call: string, cause: unknown) {
    super(`${call} had no answer: ${(cause as Error).message}`, { cause })
    this.name = 'NoAnswerError'
  }
}

export const problemIn = (body: unknown): Problem | undefined =>
  typeof body === 'object' && body !== null && 'code' in body ? (body as Problem) : undefined
