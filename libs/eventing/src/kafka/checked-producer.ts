import kafkajs, {
  type Kafka,
  type Message,
  type PartitionerArgs,
  type Producer,
  type ProducerConfig,
  type RecordMetadata,
} from 'kafkajs'
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
  const producer = kafka.producer({
    ...config,
    createPartitioner: () => (asked) => (asked.message.partition ??= keyed(asked) ?? choose(asked)),
  })
  const checked = async (sending: Promise<RecordMetadata[]>, sent: readonly Sent[]) => {
    const answers = await sending
    assertAnswered(sent, answers)
    return answers
  }
  return {
    ...producer,
    send: (record) => checked(producer.send(record), [record]),
    sendBatch: (batch) => checked(producer.sendBatch(batch), batch.topicMessages ?? []),
  }
}

function keyed({ message: { key }, partitionMetadata }: PartitionerArgs): number | undefined {
  return key === null || key === undefined ? undefined : partitionOf(key, partitionMetadata.length)
}

function assertAnswered(sent: readonly Sent[], answers: readonly RecordMetadata[]): void {
  const answered = new Set(answers.map(({ topicName, partition }) => `${topicName}/${partition}`))
  for (const { topic, messages } of sent) {
    const open = messages.find(({ partition }) => !answered.has(`${topic}/${partition}`))
    if (open) throw new UnansweredError(`no broker answered for ${topic}/${open.partition}: its leader has changed`)
  }
}
