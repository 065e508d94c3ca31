import type { Message } from '../envelope/record-texts.js'
import type { Item, MessageHandling } from './handle-message.js'
import { KeyLanes, type Outcome } from './key-lanes.js'
import type { Origin } from '../topics/origin.js'
import type { PreviousAssignment, PartitionWork } from './partition.js'
import { Attempts } from '../retry.js'
import { Signal } from './signal.js'
import type { Slots } from './slots.js'
import { type Slot, Watermark } from './watermark.js'

interface Work extends Item {
  slot: Slot
}

export interface PartitionParts {
  /** The topic's name in Kafka, with prefix. */
  kafkaTopic: string
  origin: Origin
  handling: MessageHandling
  slots: Slots
  capacity: number
  before?: PreviousAssignment
}

/** Times the capacity: a done message behind an open one costs little memory. */
const WINDOW_FACTOR = 10

/** Handles the events of a partition one by one: in order per key, keys side by side. */
export class KeyedPartition implements PartitionWork {
  committed?: number
  private readonly watermark = new Watermark()
  private readonly lanes: KeyLanes<Work>
  private held = false
  private doneBefore: ReadonlySet<number> = new Set()
  private readonly inherited?: Promise<void>
  private readonly roomy = new Signal()
  private readonly ending = new AbortController()

  constructor(private readonly parts: PartitionParts) {
    this.lanes = new KeyLanes(
      { take: (again) => !this.held && parts.slots.take(again), release: () => parts.slots.release() },
      (work, failing) => this.attempt(work, failing),
      (work) => this.done(work),
    )
    if (parts.before) this.inherited = this.inherit(parts.before)
  }

  get topic(): string {
    return this.parts.kafkaTopic
  }

  get partition(): number {
    return this.parts.origin.partition
  }

  get parked(): number {
    return this.lanes.parked
  }

  get busy(): boolean {
    return this.lanes.open > 0
  }

  get position(): number | undefined {
    return this.watermark.position
  }

  get full(): boolean {
    return this.lanes.open >= this.parts.capacity || this.watermark.size >= this.parts.capacity * WINDOW_FACTOR
  }

  accept(message: Message): void {
    const slot = this.watermark.add(Number(message.offset))
    this.lanes.add(message.key?.toString() ?? '', { message, slot, finished: 0, attempts: new Attempts() })
  }

  async untilNotFull(): Promise<void> {
    if (this.full) await this.roomy.wait()
  }

  end(): void {
    this.lanes.end()
    this.ending.abort()
    this.roomy.notify()
  }

  async quiet(): Promise<void> {
    await this.inherited
    await this.lanes.quiet()
  }

  doneAhead(): Set<number> {
    const { position = 0 } = this
    const before = [...this.doneBefore].filter((offset) => offset >= position)
    return new Set([...before, ...this.watermark.doneAhead()])
  }

  /** Begins nothing until the last handler of the earlier assignment has ended: a key stays in order. */
  private async inherit(before: PreviousAssignment): Promise<void> {
    this.held = true
    this.doneBefore = await before
    this.held = false
    this.lanes.pump()
  }

  private async attempt(work: Work, failing: boolean): Promise<Outcome> {
    if (this.doneBefore.has(work.slot.offset)) return 'done'
    return this.parts.handling.attempt(work, this.parts.origin, this.ending.signal, failing)
  }

  private done(work: Work): void {
    this.watermark.finish(work.slot)
    if (this.lanes.open <= this.parts.capacity / 2 && !this.full) this.roomy.notify()
  }
}
