import { causesOf } from '../causes.js'

const SILENCE_TIMEOUT_MS = 120_000

/** Names and types of errors that a new process would meet as well: Kafka is away, or denies this account a right. */
const ELSEWHERE =
  /_AUTHORIZATION_FAILED$|^(KafkaJS(SASLAuthentication|Connection|ConnectionClosed|RequestTimeout|BrokerNotFound|NoBrokerAvailable|GroupCoordinatorNotFound)(Error)?|(GROUP_)?COORDINATOR_NOT_AVAILABLE|(GROUP_LOAD|COORDINATOR_LOAD)_IN_PROGRESS|NOT_COORDINATOR(_FOR_GROUP)?|LEADER_NOT_AVAILABLE|UNKNOWN_TOPIC_OR_PARTITION)$/

function isElsewhere(error: unknown): boolean {
  for (const { type = '', name = '' } of causesOf(error)) if (ELSEWHERE.test(type) || ELSEWHERE.test(name)) return true
  return false
}

/** Tracks when Kafka last answered a consumer, without relying on what the consumer says of itself. */
export class Heartbeat {
  private heardAt = Number.NEGATIVE_INFINITY
  private externalFailureAt = performance.now()

  beat(): void {
    this.heardAt = performance.now()
  }

  /** Records a reason for silence that a restart would not mend. */
  markExternalFailure(): void {
    this.externalFailureAt = performance.now()
  }

  /** Excuses the silence if the error lies with Kafka or with missing rights. */
  failed(error: unknown): void {
    if (isElsewhere(error)) this.markExternalFailure()
  }

  get silentMs(): number {
    return performance.now() - this.heardAt
  }

  /** The consumer is silent for long, although Kafka could be reached. */
  get lost(): boolean {
    return performance.now() - Math.max(this.heardAt, this.externalFailureAt) > SILENCE_TIMEOUT_MS
  }
}
