import { causesOf } from '../causes.js'

export type Refusal = 'fenced' | 'too-large' | 'topic' | 'away'

const TYPES: Record<string, Refusal> = {
  INVALID_PRODUCER_EPOCH: 'fenced',
  PRODUCER_FENCED: 'fenced',
  MESSAGE_TOO_LARGE: 'too-large',
  RECORD_LIST_TOO_LARGE: 'too-large',
  INVALID_RECORD: 'too-large',
  UNKNOWN_TOPIC_OR_PARTITION: 'topic',
  INVALID_TOPIC_EXCEPTION: 'topic',
  TOPIC_AUTHORIZATION_FAILED: 'topic',
  POLICY_VIOLATION: 'topic',
}

/** Looks through the errors that kafkajs wraps around the broker's. */
export function refusalOf(error: unknown): Refusal {
  for (const { type } of causesOf(error)) {
    const refusal = type === undefined ? undefined : TYPES[type]
    if (refusal) return refusal
  }
  return 'away'
}
