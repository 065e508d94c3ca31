import type { Message } from '../envelope/read-record.js'
import type { BatchHandling } from './batch-handling.js'
import type { Origin } from './origin.js'
import type { Inheritance, PartitionWork } from './partition.js'

export interface BatchPartitionParts {
  kafkaTopic: string
  origin: Origin
  handling: BatchHandling
  room: number
  before?: Inheritance
}

/** A partition whose events are handled many at a time, in order. */
export class BatchPartition implements PartitionWork {
  readonly parked = 0
  committed?: number
  position: number | undefined
  private queue: Message[] = []
  private readonly ending = new AbortController()
  private working?: Promise<void>
  private roomWanted?: () => void

  constructor(private readonly parts: BatchPartitionParts) {}

  get topic(): string {
    return this.parts.kafkaTopic
  }

  get partition(): number {
    return this.parts.origin.partition
  }

  get busy(): boolean {
    return this.queue.length > 0
  }

  get full(): boolean {
    return this.queue.length >= this.parts.room
  }

  accept(message: Message): void {
    this.queue.push(message)
    this.working ??= this.work().finally(() => (this.working = undefined))
  }

  async room(): Promise<void> {
    if (this.full) await new Promise<void>((resolve) => (this.roomWanted = resolve))
  }

  end(): void {
    this.ending.abort()
    this.roomWanted?.()
  }

  async quiet(): Promise<void> {
    await this.working
  }

  doneAhead(): Set<number> {
    return new Set()
  }

  private async work(): Promise<void> {
    await this.parts.before?.quiet
    // what came with the first message is taken with it
    await Promise.resolve()
    while (this.queue.length > 0 && !this.ending.signal.aborted) await this.next().catch(() => this.end())
  }

  private async next(): Promise<void> {
    const batch = this.queue.slice(0, this.parts.handling.largest)
    await this.parts.handling.handle(batch, this.parts.origin, this.ending.signal)
    this.queue = this.queue.slice(batch.length)
    this.position = Number(batch.at(-1)!.offset) + 1
    if (this.queue.length > this.parts.room / 2) return
    this.roomWanted?.()
    this.roomWanted = undefined
  }
}
