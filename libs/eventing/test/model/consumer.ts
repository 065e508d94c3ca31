import { setTimeout as delay } from 'node:timers/promises'
import type { Consumer, ConsumerRunConfig, EachBatchPayload, TopicPartitionOffset } from 'kafkajs'
import type { GroupOptions } from '../../src/kafka/kafka-client.js'
import type { Message } from '../../src/envelope/record-texts.js'
import { type Member, type ModelGroup, RebalanceError } from './group.js'
import type { Network, Process } from './network.js'

const FEW = 4
const IDLE_MS = 500
const BROKERS = [0, 1]

type EachBatch = NonNullable<ConsumerRunConfig['eachBatch']>

/** Behaves to its owner as a consumer of kafkajs does, rebalances and crashes included. */
export class ModelConsumer implements Member {
  readonly events = { FETCH: 'fetch', HEARTBEAT: 'heartbeat', GROUP_JOIN: 'join', CRASH: 'crash' }
  topics: readonly string[] = []
  private started = false
  private wanted = true
  private id?: string
  private generation = 0
  private committed?: Promise<ReadonlyMap<string, number>>
  private resolved = new Map<string, number>()
  private assignment: readonly string[] = []
  private leaders: readonly number[] = []
  private readonly paused = new Set<string>()
  private readonly listeners: [name: string, listener: (event: object) => void][] = []

  constructor(
    private readonly group: ModelGroup,
    private readonly network: Network,
    private readonly process: Process,
    private readonly options: GroupOptions,
  ) {}

  get running(): boolean {
    return this.started && !this.process.dead
  }

  get present(): boolean {
    return this.wanted && !this.process.dead
  }

  /** As its owner holds it. */
  get asConsumer(): Consumer {
    return this as unknown as Consumer
  }

  on(name: string, listener: (event: object) => void): void {
    this.listeners.push([name, listener])
  }

  async connect(): Promise<void> {
    await this.call('connect', () => undefined)
  }

  async subscribe({ topics }: { topics: string[] }): Promise<void> {
    this.topics = topics
    await Promise.resolve()
  }

  /** Resolves when the group is joined. One that was disconnected before joins all the same, as with kafkajs. */
  async run({ eachBatch }: ConsumerRunConfig): Promise<void> {
    try {
      await this.join()
      this.started = true
      this.wanted = true
      void this.consume(eachBatch!).catch((error: unknown) => this.crash(error))
    } catch (error) {
      this.crash(error)
    }
  }

  async commitOffsets(offsets: TopicPartitionOffset[]): Promise<void> {
    const { id, generation } = this
    const plain = offsets.map(({ topic, partition, offset }) => ({
      partition: `${topic}/${partition}`,
      offset: Number(offset),
    }))
    await this.call('commit', () => this.group.commit(id!, generation, plain))
  }

  async disconnect(): Promise<void> {
    this.started = false
    this.wanted = false
    const { id } = this
    if (id) await this.call('leave', () => this.group.leave(id))
  }

  private async consume(eachBatch: EachBatch): Promise<void> {
    while (this.running)
      try {
        await this.fetchFromAll(eachBatch)
      } catch (error) {
        if (!(error instanceof RebalanceError)) throw error
        await this.join()
      }
  }

  /** Each broker is asked by itself; when one fails the others end what they are at. */
  private async fetchFromAll(eachBatch: EachBatch): Promise<void> {
    const failures: unknown[] = []
    const keepFetching = async (broker: number) => {
      while (this.running && failures.length === 0) await this.round(broker, eachBatch)
    }
    await Promise.all(BROKERS.map((broker) => keepFetching(broker).catch((error: unknown) => failures.push(error))))
    if (failures.length > 0) throw failures[0]
  }

  private crash(error: unknown): void {
    this.started = false
    this.wanted = false
    this.tell(this.events.CRASH, { payload: { error } })
  }

  private async join(): Promise<void> {
    this.leaders = [...this.group.leaders]
    await this.options.beforeRejoin()
    const id = this.id
    const joined = await this.call('join', async () => {
      const answer = this.group.join(this, id)
      this.id = answer.id
      return answer.joined
    }).catch((error: unknown) => {
      this.id = undefined
      if (error instanceof RebalanceError) return undefined
      throw error
    })
    if (!joined) return this.join()
    // see before-rejoin.ts
    if (this.options.leaving.aborted) {
      await this.disconnect()
      throw new Error('This consumer was told to leave while it joined')
    }
    this.generation = joined.generation
    this.assignment = joined.assignment
    this.committed = undefined
    this.resolved = new Map()
    this.tell(this.events.GROUP_JOIN, {})
  }

  private async round(broker: number, eachBatch: EachBatch): Promise<void> {
    const { resolved } = this
    const batches = await this.fetch(broker)
    // what was read of an earlier assignment is dropped, see stale-fetches.ts
    if (!batches || this.resolved !== resolved) return
    this.tell(this.events.FETCH, {})
    if (batches.length === 0) await delay(IDLE_MS)
    const taken = await Promise.allSettled(batches.map(({ name, messages }) => eachBatch(this.payload(name, messages))))
    const failed = taken.find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
    await this.heartbeat()
  }

  /** A broker that leads no more makes kafkajs join anew, while it may be handing over what another broker gave it. */
  private async fetch(broker: number) {
    const leader = this.leaders[broker]
    this.committed ??= this.call(
      'offsets',
      () => new Map(this.assignment.map((name) => [name, this.group.committed.get(name) ?? 0])),
    )
    const committed = await this.committed
    const mine = [...committed].filter(([name]) => Number(name.at(-1)) % 2 === broker && !this.paused.has(name))
    const wanted = new Map(mine.map(([name, offset]) => [name, this.resolved.get(name) ?? offset]))
    const batches = await this.call('fetch', () =>
      this.group.leaders[broker] === leader ? this.group.fetch(wanted, FEW) : undefined,
    )
    if (!batches) await this.join()
    return batches
  }

  private async heartbeat(): Promise<void> {
    const { id, generation } = this
    await this.call('heartbeat', () => this.group.heartbeat(id!, generation))
    this.tell(this.events.HEARTBEAT, {})
  }

  private payload(name: string, messages: Message[]): EachBatchPayload {
    const [topic, partition] = name.split('/')
    return {
      batch: { topic, partition: Number(partition), messages },
      resolveOffset: (offset: string) => void this.resolved.set(name, Number(offset) + 1),
      heartbeat: () => this.heartbeat(),
      pause: () => {
        this.paused.add(name)
        return () => void this.paused.delete(name)
      },
      isRunning: () => this.running,
      isStale: () => false,
    } as unknown as EachBatchPayload
  }

  private tell(event: string, payload: object): void {
    for (const [name, listener] of this.listeners) if (name === event) listener(payload)
  }

  private call<T>(what: string, effect: () => T | Promise<T>): Promise<T> {
    return this.network.call(this.process, what, effect)
  }
}
