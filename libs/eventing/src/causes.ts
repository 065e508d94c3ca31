export interface Failure {
  name?: string
  message?: string
  code?: unknown
  /** Name of the error in Kafka's protocol. */
  type?: string
}

interface Wrapped extends Failure {
  cause?: Wrapped
  originalError?: Wrapped
}

const DEEPEST = 10

/** Yields an error and its causes, from the outermost to the first. */
export function* causesOf(error: unknown): Generator<Failure, void> {
  let at = error as Wrapped | undefined
  for (let depth = 0; at && depth < DEEPEST; depth++) {
    yield at
    at = at.cause ?? at.originalError
  }
}
