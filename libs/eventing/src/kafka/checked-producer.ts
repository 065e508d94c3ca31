import kafkajs, {
  type Kafka,
  type Message,
  type PartitionerArgs,
  type Producer,
  type ProducerConfig,
  type RecordMetadata,
} from 'kafkajs'
import { LeanGrouping } from './lean-grouping.js'
import { partitionOf } from './partition-of.js'

/** Kafka may have taken some of the records, and not all. */
export class UnansweredError extends Error {
  readonly retriable = true
}

interface Sent {
  topic: string
  messages: readonly Message[]
}

/**
 * kafkajs 2.2.4 does not ask a broker again that becomes a partition's leader after its answer: those records stay unsent, and
 * `sendBatch` resolves. Here every record remembers its partition, and a record without an answer is an error.
 */
export function checkedProducer(kafka: Pick<Kafka, 'producer'>, config: ProducerConfig): Producer {
  const choose = kafkajs.Partitioners.DefaultPartitioner()
  const grouping = new LeanGrouping((asked) => keyed(asked) ?? choose(asked))
  const producer = kafka.producer({ ...config, createPartitioner: () => grouping.partitioner })
  const checked = async (sending: Promise<RecordMetadata[]>, sent: readonly Sent[]) => {
    const answers = await sending
    assertAnswered(sent, answers)
    return answers
  }
  return {
    ...producer,
    send: async (record) => checked(producer.send({ ...record, messages: grouping.of(record.messages) }), [record]),
    sendBatch: async (batch) => {
      const { topicMessages = [] } = batch
      const grouped = topicMessages.map(({ topic, messages }) => ({ topic, messages: grouping.of(messages) }))
      return checked(producer.sendBatch({ ...batch, topicMessages: grouped }), topicMessages)
    },
  }
}

function keyed({ message: { key }, partitionMetadata }: PartitionerArgs): number | undefined {
  return key === null || key === undefined ? undefined : partitionOf(key, partitionMetadata.length)
}

function assertAnswered(sent: readonly Sent[], answers: readonly RecordMetadata[]): void {
  for (const { topic, messages } of sent) {
    const ofTopic = answers.filter(({ topicName }) => topicName === topic)
    const answered = new Set<number | undefined>(ofTopic.map(({ partition }) => partition))
    const open = messages.find(({ partition }) => !answered.has(partition))
    if (open) throw new UnansweredError(`no broker answered for ${topic}/${open.partition}: its leader has changed`)
  }
}
