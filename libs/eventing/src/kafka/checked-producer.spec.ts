import kafkajs, { type Kafka, type ProducerBatch, type ProducerConfig } from 'kafkajs'
import sendMessages from 'kafkajs/src/producer/sendMessages.js'
import { checkedProducer, UnansweredError } from './checked-producer.js'

const TOPIC = 'a.topic'
const nothing = () => undefined

interface Asked {
  topicData: { topic: string; partitions: { partition: number; messages: { value: string }[] }[] }[]
}

/** Two brokers below kafkajs's own sending. While the second is asked, its partition moves to where `moved` says. */
function twoBrokers(moved: number) {
  const leaders: Record<number, number> = { 0: 1, 1: 2 }
  const taken: string[] = []
  const notLeader = Object.assign(new Error('not the leader'), { name: 'KafkaJSProtocolError', retriable: true })
  const produce = (nodeId: number) => async (asked: Asked) => {
    const [{ partitions }] = asked.topicData as [Asked['topicData'][0]]
    if (nodeId === 2) leaders[1] = moved
    if (partitions.some(({ partition }) => leaders[partition] !== nodeId)) throw notLeader
    taken.push(...partitions.flatMap(({ messages }) => messages.map(({ value }) => value)))
    return { topics: [{ topicName: TOPIC, partitions: partitions.map(({ partition }) => ({ partition })) }] }
  }
  const brokers = new Map([1, 2, 3].map((nodeId) => [nodeId, { nodeId, produce: produce(nodeId) }]))
  const cluster = {
    isConnected: () => true,
    refreshMetadata: nothing,
    refreshMetadataIfNecessary: nothing,
    addMultipleTargetTopics: nothing,
    findTopicPartitionMetadata: () => [0, 1].map((partitionId) => ({ partitionId, leader: leaders[partitionId] })),
    findLeaderForPartitions: (_: string, partitions: string[]) =>
      Object.groupBy(partitions.map(Number), (partition) => leaders[partition]!),
    findBroker: ({ nodeId }: { nodeId: string }) => brokers.get(Number(nodeId)),
  }
  const eosManager = {
    ...{ acquireBrokerLock: nothing, releaseBrokerLock: nothing, updateSequence: nothing, getSequence: () => 0 },
    ...{ isTransactional: () => false, getProducerId: () => 1, getProducerEpoch: () => 1 },
  }
  const retrier = async <T>(attempt: (bail: (error: Error) => void) => Promise<T>) => {
    const bail = (error: Error) => {
      throw error
    }
    return attempt(bail).catch(() => attempt(bail))
  }
  const logger = { error: nothing, debug: nothing }
  const producer = ({ createPartitioner }: ProducerConfig) => {
    const send = sendMessages({ cluster, eosManager, retrier, logger, partitioner: createPartitioner!() })
    return { sendBatch: (batch: ProducerBatch) => send(batch) }
  }
  return { taken, producer: checkedProducer({ producer } as unknown as Pick<Kafka, 'producer'>, {}) }
}

describe('a producer that is told whether all was taken', () => {
  const batch = () => ({
    topicMessages: [{ topic: TOPIC, messages: [0, 1].map((n) => ({ partition: n, value: `${n}` })) }],
  })

  it('sends again what got another leader meanwhile', async () => {
    const { producer, taken } = twoBrokers(3)
    await producer.sendBatch(batch())
    expect(taken).toEqual(['0', '1'])
  })

  it('does not take for sent what moved to a broker that had answered already', async () => {
    const { producer, taken } = twoBrokers(1)
    await expect(producer.sendBatch(batch())).rejects.toThrow(UnansweredError)
    expect(taken).toEqual(['0'])
  })

  it('rejects what has no list of records, as kafkajs does', async () => {
    const { producer } = twoBrokers(3)
    const none = { topic: TOPIC, messages: undefined as never }
    const sent = [() => producer.send(none), () => producer.sendBatch({ topicMessages: [none] })]
    for (const send of sent) await expect(send()).rejects.toThrow(TypeError)
  })

  it("finds a key's partition itself, and asks kafkajs for that of a record without a key", async () => {
    const choose = jest.fn(() => 1)
    const chooser = jest.spyOn(kafkajs.Partitioners, 'DefaultPartitioner').mockReturnValue(choose)
    const { producer, taken } = twoBrokers(2)
    chooser.mockRestore()
    const messages = [{ key: 'a', value: 'keyed' }, { value: 'any' }]
    await producer.sendBatch({ topicMessages: [{ topic: TOPIC, messages }] })
    expect(taken.sort()).toEqual(['any', 'keyed'])
    expect(choose.mock.calls).toMatchObject([[{ message: { value: 'any' } }]])
  })
})
