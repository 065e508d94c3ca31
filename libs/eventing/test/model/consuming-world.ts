import { setTimeout as delay } from 'node:timers/promises'
import type { EventDefinition } from '@mpics/contracts'
import { Registry } from 'prom-client'
import { EventServer } from '../../src/consume/event-server.js'
import { ProcessedEvents } from '../../src/consume/processed-events.js'
import type { BatchedEvent, EventContext, ReactionTraits } from '../../src/consume/on.js'
import { EventingOptions } from '../../src/eventing-options.js'
import { headerOf, type Message } from '../../src/envelope/record-texts.js'
import { PermanentError } from '../../src/errors.js'
import type { GroupOptions, KafkaClient } from '../../src/kafka/kafka-client.js'
import { ErasedIds } from '../../src/consume/erased-ids.js'
import { PassedOver } from '../../src/consume/passed-over.js'
import { EventingMetrics } from '../../src/metrics.js'
import { ProjectionStore } from '../../src/projections/projection-store.js'
import { tick, untilIdle } from './clock.js'
import { ModelCollection } from './collection.js'
import { ModelConsumer } from './consumer.js'
import { counted, type Fact, recordOf, type Stated, told, type Trouble } from './facts.js'
import { ModelGroup, type NewMessage } from './group.js'
import { Ledger } from './ledger.js'
import { Network, Process } from './network.js'

const TIMEOUT_MS = 20_000
/** Longer than a rebalance waits for it. */
const SLOW_MS = 6_000
const UNREADABLE = 'unreadable'
const TOPICS = { 'kitchen.order': 2, 'kitchen.stock': 2 }
const REPLAYS = { 'kitchen.order.replay.media': 1, 'kitchen.stock.replay.media': 1 }

interface Replica {
  process: Process
  server: EventServer
  leaving?: Promise<void>
}

/** A counting projection keeps how often it counted each key, and the last offset of each source. */
interface Counts {
  seen: Map<string, number>
  times: Map<string, number>
}

/** Replicas of one service that share a consumer group, its projections and its processed events; and what must hold after each step. */
export class ConsumingWorld {
  readonly replicas: Replica[] = []
  readonly ledger = new Ledger()
  readonly group: ModelGroup
  /** Set: nothing fails any more. */
  mended = false
  lettersAway = false
  private readonly processed = new ModelCollection()
  private readonly projection = new ModelCollection()
  private readonly counts: Counts = { seen: new Map(), times: new Map() }
  private readonly letters: { topic: string; letter: NewMessage }[] = []
  private readonly stated = new Map<string, Stated[]>()
  private broken?: Error
  private born = 0

  constructor(readonly network: Network) {
    this.group = new ModelGroup({ ...TOPICS, ...REPLAYS }, (partition, offset) =>
      this.guarding(() => this.ledger.committing(partition, this.group.logs.get(partition)!.slice(0, offset))),
    )
  }

  check(): void {
    const broken = this.broken ?? this.ledger.firstBroken
    if (broken) throw broken
  }

  /** States a fact, as the relay would; `again` publishes the last one of its key a second time. */
  state(event: typeof told, key: string, trouble: Trouble, again: boolean): void {
    const name = `${event.type}/${key}`
    const before = this.stated.get(name) ?? []
    const last = before.at(-1)
    const fact =
      again && last ? last : { eventId: `${name}/${before.length + 1}`, key, sequence: before.length + 1, trouble }
    if (fact !== last) {
      this.stated.set(name, [...before, fact])
      if (event === told) this.ledger.expect(key, fact.eventId)
    }
    this.group.append(event.topic.name, key.charCodeAt(0) % 2, recordOf(event.type, fact))
  }

  /** A record that is no fact, an unknown one, or unreadable. */
  litter(event: typeof told, what: 'foreign' | 'tombstone' | 'unknown' | 'unreadable'): void {
    const type = what === 'unknown' ? 'kitchen.order.eaten.v1' : event.type
    const headers = what === 'foreign' ? {} : { ce_type: type, ce_id: `${type}/${UNREADABLE}` }
    const value = what === 'tombstone' ? null : Buffer.from('x')
    this.group.append(event.topic.name, 0, { key: Buffer.from('b'), value, headers })
  }

  begin(): void {
    const process = new Process(`replica ${++this.born}`)
    const consumer = { retryMs: [100, 500], capacity: 3, concurrency: 2 }
    const options = new EventingOptions({ service: 'media', brokers: [], consumer, registry: new Registry() })
    const carry = <T>(what: string, effect: () => T) => this.network.call(process, what, effect)
    const processedEvents = new ProcessedEvents({ db: { collection: () => this.processed.client(carry) } } as never)
    const server = new EventServer(
      options,
      this.kafkaOf(process),
      processedEvents,
      new EventingMetrics(options),
      new PassedOver(new ErasedIds()),
    )
    this.react(server, told, { name: 'Project', idempotence: 'natural' }, (fact: Fact, context) =>
      this.ledger.handling(process, fact, 'Project', () => this.project(process, fact, context)),
    )
    this.react(server, told, { name: 'Mail', idempotence: 'once' }, (fact: Fact) =>
      this.ledger.handling(process, fact, 'Mail', () => this.mail(process, fact)),
    )
    this.react(server, counted, { name: 'Count', idempotence: 'natural', batch: 3 }, (facts, context) => {
      const events = facts as unknown as BatchedEvent<typeof counted>[]
      const lane = `${process.name} partition ${events[0]!.source}`
      return this.ledger.alone(lane, events[0]!.envelope.id, () => this.count(process, events, context))
    })
    server.listen(() => undefined)
    this.replicas.push({ process, server })
  }

  die(which: number): void {
    const [replica] = this.replicas.splice(which, 1)
    replica?.process.die()
  }

  leave(which: number): void {
    const replica = this.replicas[which]
    if (replica) replica.leaving ??= replica.server.close()
  }

  /** Everything works from now on, and dead letters are sent back: sooner or later all is handled. */
  async recover(): Promise<void> {
    this.mended = true
    for (const { process } of this.replicas) process.resume()
    if (!this.replicas.some(({ leaving }) => !leaving)) this.begin()
    await this.drain()
    for (let sent = this.replay(); sent > 0; sent = this.replay()) await this.drain()
    this.agrees()
  }

  close(): void {
    for (const { process } of this.replicas) process.die()
  }

  private kafkaOf(process: Process): KafkaClient {
    const ask = <T>(what: string, effect: () => T) => this.network.call(process, what, effect)
    const nothing = () => Promise.resolve()
    const send = ({ topic, messages: [letter] }: { topic: string; messages: NewMessage[] }) =>
      ask('dead letter', () => this.bury(topic, letter!))
    return {
      consumer: (options: GroupOptions) => new ModelConsumer(this.group, this.network, process, options).asConsumer,
      admin: () => ({
        connect: nothing,
        disconnect: nothing,
        listTopics: () => ask('topics', () => this.group.topics),
      }),
      producer: () => ({ connect: nothing, disconnect: nothing, send }),
    } as unknown as KafkaClient
  }

  private react(
    server: EventServer,
    event: EventDefinition<never> | EventDefinition,
    traits: ReactionTraits,
    handle: (payload: Fact, context: EventContext) => Promise<void>,
  ): void {
    const extras = { eventing: { ...traits, events: [event] } }
    server.addHandler(event.type, handle as never, true, extras)
  }

  private async project(process: Process, fact: Fact, context: EventContext): Promise<void> {
    await this.meet(fact.data.trouble, context.attempt)
    const collection = this.projection.client((what, effect) => this.network.call(process, what, effect))
    await new ProjectionStore({ collection }).apply(fact.subject, fact.sequence, { last: fact.id })
    this.ledger.done(fact.id, 'Project')
  }

  private async mail(process: Process, fact: Fact): Promise<void> {
    const { disturbances } = process
    const marked = () => this.processed.documents.get(`Mail:${fact.id}`)?.['done'] === true
    await this.network.call(process, 'mail', () =>
      this.guarding(() => this.ledger.effect(fact.id, { process, disturbances, at: Date.now() }, marked())),
    )
  }

  /** One write, guarded by the last offset of each source. */
  private async count(process: Process, facts: BatchedEvent<typeof counted>[], context: EventContext): Promise<void> {
    for (const { envelope } of facts) await this.meet(envelope.data.trouble, context.attempt)
    await this.network.call(process, 'count', () => {
      for (const { envelope, source, offset } of facts) {
        this.ledger.done(envelope.id, 'Count')
        if (offset <= (this.counts.seen.get(source) ?? -1)) continue
        this.counts.seen.set(source, offset)
        this.counts.times.set(envelope.id, (this.counts.times.get(envelope.id) ?? 0) + 1)
      }
    })
  }

  private async meet(trouble: Trouble, attempt: number): Promise<void> {
    if (this.mended || trouble === 'none') return
    if (trouble === 'slow') return delay(SLOW_MS)
    if (trouble === 'poison') throw new PermanentError('never')
    if (trouble === 'outage') throw Object.assign(new Error('away'), { name: 'MongoNetworkError' })
    if (trouble === 'defect' || attempt === 1) throw new Error('not now')
  }

  private bury(topic: string, letter: NewMessage): void {
    if (this.lettersAway && !this.mended) throw new Error('the topic of the dead letters is away')
    this.letters.push({ topic, letter })
    this.ledger.buried(headerOf(letter, 'ce_id')!, headerOf(letter, 'dlt_reaction')!)
  }

  /** As an operator would: what was written twice for one failure goes back once. */
  private replay(): number {
    const once = new Map(
      this.letters
        .splice(0)
        .filter(({ letter }) => !headerOf(letter, 'ce_id')!.endsWith(UNREADABLE))
        .map((one) => [`${headerOf(one.letter, 'dlt_origin')} ${headerOf(one.letter, 'dlt_reaction')}`, one]),
    )
    for (const { topic, letter } of once.values()) this.group.append(topic.replace('.dlt.', '.replay.'), 0, letter)
    return once.size
  }

  private async drain(): Promise<void> {
    for (let step = 0; !this.group.drained; step++) {
      if (step > TIMEOUT_MS) throw new Error(`never handled: ${JSON.stringify([...this.group.committed])}`)
      if (this.network.busy) await this.network.deliver(1)
      else await this.pass()
      this.check()
    }
    await untilIdle()
  }

  private async pass(): Promise<void> {
    this.group.expire()
    await tick()
  }

  private agrees(): void {
    for (const [name, facts] of this.stated)
      if (name.startsWith(told.type))
        this.same(name, this.projection.documents.get(facts[0]!.key)?.['last'], facts.at(-1)!.eventId)
      else for (const { eventId } of facts) this.counted(eventId)
    for (const facts of this.stated.values())
      for (const { eventId } of facts)
        if (!this.ledger.handled(eventId)) throw new Error(`${eventId} was never handled`)
  }

  /**
   * Once for each record, published twice or not. One that was given up, came again before that was committed, and was handled then,
   * counts again when its letter is sent back: the letter's offset is another one.
   */
  private counted(eventId: string): void {
    const times = this.counts.times.get(eventId) ?? 0
    const [records, replays] = [this.records('kitchen.stock/', eventId), this.records('kitchen.stock.replay', eventId)]
    if (times < records || times > records + replays) this.same(`the count of ${eventId}`, times, records)
  }

  private records(prefix: string, eventId: string): number {
    const logs = [...this.group.logs].filter(([name]) => name.startsWith(prefix))
    return logs.flatMap(([, log]) => log).filter((message: Message) => headerOf(message, 'ce_id') === eventId).length
  }

  private same(what: string, found: unknown, wanted: unknown): void {
    if (found !== wanted) throw new Error(`${what} is ${String(found)} and should be ${String(wanted)}`)
  }

  private guarding(rule: () => void): void {
    try {
      rule()
    } catch (error) {
      this.broken ??= error as Error
    }
  }
}
