import { EventingOptions } from '../../src/eventing-options.js'
import { Lease } from '../../src/outbox/lease.js'
import type { OutboxSource } from '../../src/outbox/outbox-source.js'
import { OwnFacts, type Told } from '../../src/outbox/own-facts.js'
import { Relay } from '../../src/outbox/relay.js'
import { Aggregates } from './aggregates.js'
import { tick } from './clock.js'
import { ModelCollection } from './collection.js'
import { ModelKafka, type Published } from './kafka.js'
import { Network, Process } from './network.js'
import { ModelSource } from './source.js'

export const TOPICS = ['media.photo', 'media.favourite'] as const
/** The service itself hears of it. */
const HEARD = 'media.favourite.told.v1'
const LEASE_MS = 5_000
const TIMEOUT_MS = 5_000
const counter = { inc: () => undefined } as never

interface Replica {
  process: Process
  relay: Relay
  leaving?: Promise<void>
}

/** Replicas of one service whose relays share the outboxes, a lease and a broker; and what must hold after each step. */
export class RelayWorld {
  readonly aggregates = new Aggregates()
  readonly kafka: ModelKafka
  readonly replicas: Replica[] = []
  /** The next so many calls of a listener fail. */
  failingCalls = 0
  private readonly heard = new Set<string>()
  private readonly published = new Set<string>()
  private readonly setAside = new Set<string>()
  private readonly leases = new ModelCollection()
  private broken?: Error
  private born = 0

  constructor(readonly network: Network) {
    this.kafka = new ModelKafka(network, (record, before) => this.guarding(() => this.taken(record, before)))
    for (const topic of TOPICS) this.kafka.accept(topic)
  }

  /** Throws the violation found within the relay, which catches every error there. */
  check(): void {
    if (this.broken) throw this.broken
  }

  begin(): void {
    const process = new Process(`replica ${++this.born}`)
    const carry = <T>(what: string, effect: () => T) => this.network.call(process, `lease: ${what}`, effect)
    const connection = { db: { collection: () => this.leases.client(carry) } }
    const lease = new Lease(connection as never, 'relay', process.name, LEASE_MS)
    const rules = {
      beforeRemoval: (id: string) => this.guarding(() => this.removable(id)),
      setAside: (id: string) => void this.setAside.add(id),
    }
    const relay = new Relay({
      source: new ModelSource(this.aggregates, this.network, process, rules) as unknown as OutboxSource,
      ownFacts: this.ownFacts(process),
      lease,
      connect: () => this.kafka.producer(process, lease.epoch),
      existingTopics: () => this.kafka.existingTopics(process),
      options: new EventingOptions({ service: 'media', brokers: [] }),
      batch: 3,
      blockedTopicMs: 15_000,
      metrics: { published: counter, relayFailures: counter, refused: counter, givenUp: counter },
    })
    this.replicas.push({ process, relay })
    relay.start()
  }

  end(which: number): void {
    const [replica] = this.replicas.splice(which, 1)
    replica?.process.die()
  }

  leave(which: number): void {
    const replica = this.replicas[which]
    if (replica) replica.leaving ??= replica.relay.stop()
  }

  /** Everything works from now on; sooner or later all is published. */
  async recover(): Promise<void> {
    this.kafka.patience = Number.POSITIVE_INFINITY
    this.failingCalls = 0
    for (const topic of TOPICS) this.kafka.accept(topic)
    for (const { process } of this.replicas) process.resume()
    if (!this.replicas.some(({ leaving }) => !leaving)) this.begin()
    this.aggregates.replicate()
    for (let step = 0; !this.finished(); step++) {
      if (step > TIMEOUT_MS) throw new Error(`still pending: ${JSON.stringify(this.aggregates.pendingAfter('', 9))}`)
      if (this.network.busy) await this.network.deliver(1)
      else await tick()
      this.aggregates.replicate()
      this.check()
    }
    for (const id of this.aggregates.durable.keys())
      if (!this.dealtWith(id)) throw new Error(`${id} was never published`)
  }

  close(): void {
    for (const { process } of this.replicas) process.die()
  }

  private finished(): boolean {
    return this.aggregates.pendingAfter('', 1).length === 0
  }

  private dealtWith(eventId: string): boolean {
    return this.published.has(eventId) || this.setAside.has(eventId)
  }

  private ownFacts(process: Process): OwnFacts {
    const ownFacts = new OwnFacts()
    const listen = (facts: readonly Told[]) =>
      this.network.call(process, 'listen', () => {
        if (this.failingCalls-- > 0) throw new Error('MongoDB is away')
        this.failingCalls = 0
        for (const { data, sequence } of facts) this.heard.add(`${(data as { id: string }).id}/${sequence}`)
      })
    const failed = (error: Error) => Promise.reject(Object.assign(error, { name: 'MongoNetworkError' }))
    ownFacts.add([{ type: HEARD }], (facts) => listen(facts).catch(failed), 'nothing')
    return ownFacts
  }

  private guarding(rule: () => void): void {
    try {
      rule()
    } catch (error) {
      this.broken ??= error as Error
    }
  }

  private removable(eventId: string): void {
    if (!this.dealtWith(eventId)) throw new Error(`${eventId} was removed before it was published`)
    const { type, subject, seq } = this.aggregates.durable.get(eventId)!
    if (type === HEARD && !this.setAside.has(eventId) && !this.heard.has(`${subject}/${seq}`))
      throw new Error(`${eventId} was removed before its service had heard of it`)
  }

  private taken(record: Published, before: readonly Published[]): void {
    const { eventId, key, sequence, term, topic } = record
    const event = this.aggregates.durable.get(eventId)
    if (!event) throw new Error(`${key}/${sequence} was published before it was durable`)
    if (before.some((earlier) => earlier.term > term))
      throw new Error(`${key}/${sequence} came from term ${term} after a record of a later one`)
    if (this.published.has(eventId)) return
    for (const earlier of this.aggregates.durable.values())
      if (
        earlier.subject === key &&
        earlier.seq < sequence &&
        earlier.type.startsWith(topic) &&
        !this.dealtWith(earlier.id)
      )
        throw new Error(`${key}/${sequence} was published before ${key}/${earlier.seq}`)
    this.published.add(eventId)
  }
}
