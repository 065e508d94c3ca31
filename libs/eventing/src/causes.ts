/** As much as an error of Node or kafkajs tells. */
export interface Failure {
  name?: string
  message?: string
  code?: unknown
  /** The name that Kafka's protocol has for it. */
  type?: string
}

interface Wrapped extends Failure {
  cause?: Wrapped
  /** Of kafkajs. */
  originalError?: Wrapped
}

const DEEPEST = 10

/** An error, and what others have wrapped it around: from the outermost to what happened first. */
export function* causesOf(error: unknown): Generator<Failure, void> {
  let at = error as Wrapped | undefined
  for (let depth = 0; at && depth < DEEPEST; depth++) {
    yield at
    at = at.cause ?? at.originalError
  }
}
