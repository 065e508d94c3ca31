import type { Admin } from 'kafkajs'
import type { KafkaClient } from '../kafka/kafka-client.js'
import { SharedConnection } from '../kafka/shared-connection.js'

export interface PartitionLag {
  topic: string
  partition: number
  lag: number
  /** All work below this offset is done; -1: nothing was committed yet. */
  committed: number
}

/** The lag of a group as the broker knows it: right even while the consumer is dead. */
export class GroupLag {
  private readonly connection: SharedConnection<Admin>

  constructor(
    kafka: KafkaClient,
    private readonly groupId: string,
    private readonly topics: readonly string[],
  ) {
    this.connection = new SharedConnection(() => kafka.admin())
  }

  /** Rejects once this is closed: nobody may take that for no lag. */
  read(): Promise<PartitionLag[]> {
    return this.connection.use(async (admin) => {
      const existing = new Set(await admin.listTopics())
      const topics = this.topics.filter((topic) => existing.has(topic))
      const committed = await admin.fetchOffsets({ groupId: this.groupId, topics })
      return (await Promise.all(committed.map((group) => this.lagOf(admin, group)))).flat()
    })
  }

  close(): Promise<void> {
    return this.connection.close()
  }

  private async lagOf(
    admin: Admin,
    { topic, partitions }: { topic: string; partitions: { partition: number; offset: string }[] },
  ): Promise<PartitionLag[]> {
    const committed = new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]))
    const ends = await admin.fetchTopicOffsets(topic)
    return ends.map(({ partition, high, low }) => {
      const at = committed.get(partition) ?? -1
      return { topic, partition, lag: Math.max(0, Number(high) - Math.max(at, Number(low))), committed: at }
    })
  }
}
