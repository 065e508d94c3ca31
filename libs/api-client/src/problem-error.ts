/** RFC 9457 problem details: the form of every refusal. */
export interface Problem {
  type: string
  title: string
  status: number
  /** Stable: a program decides by it. */
  code: string
  detail?: string
  /** Names this occurrence in the logs of the server. */
  instance?: string
  errors?: readonly { path: string; message: string }[]
}

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

/** No answer came: whether the call had its effect is unknown. */
export class NoAnswerError extends Error {
  constructor(call: string, cause: unknown) {
    super(`${call} had no answer: ${(cause as Error).message}`, { cause })
    this.name = 'NoAnswerError'
  }
}

export const problemIn = (body: unknown): Problem | undefined =>
  typeof body === 'object' && body !== null && 'code' in body ? (body as Problem) : undefined
