import { causesOf } from '../causes.js'

const SILENCE_TIMEOUT_MS = 120_000

/** Names and types of errors that another process would meet as well: Kafka is away, or gives this account no right. */
const ELSEWHERE =
  /_AUTHORIZATION_FAILED$|^(KafkaJS(SASLAuthentication|Connection|ConnectionClosed|RequestTimeout|BrokerNotFound|NoBrokerAvailable|GroupCoordinatorNotFound)(Error)?|(GROUP_)?COORDINATOR_NOT_AVAILABLE|(GROUP_LOAD|COORDINATOR_LOAD)_IN_PROGRESS|NOT_COORDINATOR(_FOR_GROUP)?|LEADER_NOT_AVAILABLE|UNKNOWN_TOPIC_OR_PARTITION)$/

function isElsewhere(error: unknown): boolean {
  for (const { type = '', name = '' } of causesOf(error)) if (ELSEWHERE.test(type) || ELSEWHERE.test(name)) return true
  return false
}

/** What is known of a consumer's life from outside of its own word: when Kafka last answered it as a consumer. */
export class Heartbeat {
  private heardAt = Number.NEGATIVE_INFINITY
  private externalFailureAt = performance.now()

  beat(): void {
    this.heardAt = performance.now()
  }

  /** It is silent for a reason that a new process would not do away with. */
  markExternalFailure(): void {
    this.externalFailureAt = performance.now()
  }

  /** Excuses it if the error lies with Kafka, or with what it is allowed. */
  failed(error: unknown): void {
    if (isElsewhere(error)) this.markExternalFailure()
  }

  get silentMs(): number {
    return performance.now() - this.heardAt
  }

  /** Silent for long, although it could be heard. */
  get lost(): boolean {
    return performance.now() - Math.max(this.heardAt, this.externalFailureAt) > SILENCE_TIMEOUT_MS
  }
}
