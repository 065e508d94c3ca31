import { setTimeout } from 'node:timers/promises'
import { causesOf, createKafka, type KafkaAccess, topicRecords } from '@mpics/eventing'

export type Outcome = 'works' | 'denied'

/** All that kafkajs says of a group, or a transactional id, that the broker does not tell us of. */
const HIDDEN = 'KafkaJSGroupCoordinatorNotFound'

/** A broker that is new has to take over its groups first. */
const NOT_YET = ['GROUP_LOAD_IN_PROGRESS', 'NOT_COORDINATOR_FOR_GROUP', 'GROUP_COORDINATOR_NOT_AVAILABLE']

/** The outcome of an attempt; anything but a missing right is a fault of the test. */
async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    await work()
    return 'works'
  } catch (error) {
    for (const { type, name } of causesOf(error))
      if (type?.endsWith('_AUTHORIZATION_FAILED') || name === HIDDEN) return 'denied'
    throw error
  }
}

/** Real attempts of one account, each over the network and to its end. */
export class Attempts {
  private constructor(
    private readonly access: KafkaAccess,
    private readonly producer: ReturnType<ReturnType<typeof createKafka>['producer']>,
    private readonly admin: ReturnType<ReturnType<typeof createKafka>['admin']>,
  ) {}

  static async of(access: KafkaAccess): Promise<Attempts> {
    const kafka = createKafka(access)
    const [producer, admin] = [kafka.producer({ allowAutoTopicCreation: false }), kafka.admin()]
    await Promise.all([producer.connect(), admin.connect()])
    return new Attempts(access, producer, admin)
  }

  /** By the name in the catalogue. */
  write(topic: string): Promise<Outcome> {
    const message = { key: 'matrix', value: '{}' }
    return outcomeOf(() => this.producer.send({ topic: this.named(topic), acks: -1, messages: [message] }))
  }

  /** Takes the first record; there must be one, or nothing would have been fetched. */
  read(topic: string): Promise<Outcome> {
    return outcomeOf(async () => {
      for await (const _ of topicRecords(this.access, topic)) return
      throw new Error(`${topic} is empty`)
    })
  }

  /** Asks where a group is, as its members do first. */
  async group(name: string): Promise<Outcome> {
    for (;;)
      try {
        return await outcomeOf(() => this.admin.fetchOffsets({ groupId: this.named(name) }))
      } catch (error) {
        if (![...causesOf(error)].some(({ type }) => NOT_YET.includes(type ?? ''))) throw error
        await setTimeout(100)
      }
  }

  /** Takes the producer id that fences a relay's holder. */
  async fence(relay: string): Promise<Outcome> {
    const producer = createKafka(this.access).producer({ transactionalId: this.named(relay), maxInFlightRequests: 1 })
    try {
      return await outcomeOf(async () => {
        await producer.connect()
        await producer.transaction().then((transaction) => transaction.abort())
      })
    } finally {
      await producer.disconnect()
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.producer.disconnect(), this.admin.disconnect()])
  }

  private named(name: string): string {
    return (this.access.prefix ?? '') + name
  }
}
