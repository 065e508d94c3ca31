import type { GroupState } from './group-consumer.js'

/** What consumes here, as it knows itself. */
export interface ConsumingHealth {
  /** A consumer has not been heard of for two minutes, and neither Kafka nor a missing right or topic explains it. */
  lost: boolean
  group: GroupState | 'none'
  replica: 'none' | 'reading-back' | 'ready'
  missingTopics: readonly string[]
  /** Since when Kafka has not answered what is heard by every replica; infinite until it has, 0 where there is nothing. */
  replicaSilentMs: number
  /** The longer of that and the silence towards the member of the group. */
  silentMs: number
  /** Keys whose event failed and waits for another attempt. */
  parked: number
  /** Why nothing is consumed at present, in Kafka's words. */
  trouble?: string
}
