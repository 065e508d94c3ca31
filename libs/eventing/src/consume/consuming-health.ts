import type { GroupState } from './group-consumer.js'

export interface ConsumingHealth {
  /** A consumer is silent for two minutes, and neither Kafka nor a missing right or topic explains it. */
  lost: boolean
  group: GroupState | 'none'
  replica: 'none' | 'reading-back' | 'ready'
  missingTopics: readonly string[]
  /** How long Kafka has not answered the every-replica consumer; infinite before the first answer, 0 without such a consumer. */
  replicaSilentMs: number
  /** The longer of `replicaSilentMs` and the silence of the group's member. */
  silentMs: number
  /** Keys that wait for another attempt. */
  parked: number
  /** Kafka's reason why nothing is consumed now. */
  trouble?: string
}
