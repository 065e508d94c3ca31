import type { GroupState } from './group-consumer.js'

export interface ConsumingHealth {
  /** A consumer is silent for two minutes, and neither Kafka nor a missing right or topic explains it. */
  lost: boolean
  group: GroupState | 'none'
  replica: 'none' | 'reading-back' | 'ready'
  missingTopics: readonly string[]
  /** How long ago the every-replica consumer (not that for caches) had heard all that there was; infinite before, 0 without one. */
  replicaBehindMs: number
  /** The longest silence of any consumer. */
  silentMs: number
  /** Keys that wait for another attempt. */
  parked: number
  /** Kafka's reason why nothing is consumed now. */
  trouble?: string
}
