import type { KafkaClient } from '../kafka/kafka-client.js'
import type { MessageHandling } from './handle-message.js'
import { ReplicaConsumer } from './replica-consumer.js'

const [TOPIC, WAIT_MS] = ['sessions', 500]
const never = new Promise<never>(() => {})
const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Kafka of two brokers, each with a partition that nobody writes to; how the first answers its fetches comes from the test. */
function twoBrokers(first: (() => Promise<unknown>)[], asked: string[] = []): KafkaClient {
  const answers = [() => (first.shift() ?? (() => never))(), () => after(WAIT_MS)]
  const brokerOf = (partition: number) => ({
    fetch: async () => {
      await answers[partition]!()
      return { responses: [{ topicName: TOPIC, partitions: [{ partition, highWatermark: '0', messages: [] }] }] }
    },
  })
  const cluster = {
    ...{ connect: async () => {}, disconnect: async () => {}, addMultipleTargetTopics: async () => {} },
    refreshMetadataIfNecessary: async () => {},
    refreshMetadata: async () => Promise.reject(new Error('the connection is lost')),
    findTopicPartitionMetadata: () => [{ partitionId: 0 }, { partitionId: 1 }],
    findLeaderForPartitions: () => ({ 0: [0], 1: [1] }),
    findBroker: async ({ nodeId }: { nodeId: string }) => brokerOf(Number(nodeId)),
    fetchTopicsOffset: async () => {
      asked.push('where to begin')
      return [{ topic: TOPIC, partitions: [0, 1].map((partition) => ({ partition, offset: '0' })) }]
    },
  }
  return { kafka: { [Symbol('private:Kafka:createCluster')]: () => cluster } } as unknown as KafkaClient
}

describe('how far a replica is behind', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  const reading = (first: (() => Promise<unknown>)[], asked?: string[]) => {
    const topics = [{ kafkaTopic: TOPIC, topic: TOPIC, readBackMs: Infinity }]
    const consumer = new ReplicaConsumer({ kafka: twoBrokers(first, asked), topics, handling: {} as MessageHandling })
    consumer.start()
    return consumer
  }

  it('is counted from before the first of its brokers may have answered', async () => {
    const consumer = reading([() => after(1)])
    await jest.advanceTimersByTimeAsync(2)
    // what is written now, the first broker tells at the next fetch, at which it stands still
    await jest.advanceTimersByTimeAsync(WAIT_MS)
    expect(consumer.ready).toBe(true)
    await jest.advanceTimersByTimeAsync(2_000 - WAIT_MS)
    expect(consumer.behindMs).toBeGreaterThanOrEqual(2_000)
  })

  it('counts from nowhere where another topic may have its name, though nobody can be asked again', async () => {
    const asked: string[] = []
    const unknown = Object.assign(new Error('unknown'), { type: 'UNKNOWN_TOPIC_OR_PARTITION', retriable: true })
    reading([() => after(1), () => Promise.reject(unknown)], asked)
    await jest.advanceTimersByTimeAsync(WAIT_MS)
    expect(asked).toHaveLength(1)
    await jest.advanceTimersByTimeAsync(2_000)
    expect(asked).toHaveLength(2)
  })

  it('is less than two seconds while nothing is written', async () => {
    const consumer = reading(Array.from({ length: 99 }, () => () => after(WAIT_MS)))
    await jest.advanceTimersByTimeAsync(WAIT_MS)
    for (let ms = 0; ms < 5_000; ms += 100) {
      await jest.advanceTimersByTimeAsync(100)
      expect(consumer.behindMs).toBeLessThan(2_000)
    }
  })
})
