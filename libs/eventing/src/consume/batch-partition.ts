import { setTimeout as delay } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import type { Counter } from 'prom-client'
import type { Message } from '../envelope/record-texts.js'
import type { BatchHandling } from './batch-handling.js'
import type { Origin } from '../topics/origin.js'
import type { PreviousAssignment, PartitionWork } from './partition.js'
import { Signal } from './signal.js'
import { wordsOf } from '../words-of.js'

export interface BatchPartitionParts {
  kafkaTopic: string
  origin: Origin
  handling: BatchHandling
  defects: Pick<Counter, 'inc'>
  capacity: number
  before?: PreviousAssignment
}

const AFTER_A_DEFECT_MS = 1_000

export class BatchPartition implements PartitionWork {
  readonly parked = 0
  committed?: number
  position: number | undefined
  private readonly logger = new Logger('EventServer')
  private queue: Message[] = []
  private readonly ending = new AbortController()
  private working?: Promise<void>
  private readonly roomy = new Signal()

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
    return this.queue.length >= this.parts.capacity
  }

  accept(message: Message): void {
    this.queue.push(message)
    this.begin()
  }

  async untilNotFull(): Promise<void> {
    if (this.full) await this.roomy.wait()
  }

  end(): void {
    this.ending.abort()
    this.roomy.notify()
  }

  async quiet(): Promise<void> {
    await this.parts.before
    await this.working
  }

  doneAhead(): Set<number> {
    return new Set()
  }

  private begin(): void {
    if (this.working || this.queue.length === 0 || this.ending.signal.aborted) return
    this.working = this.work().finally(() => {
      this.working = undefined
      this.begin()
    })
  }

  private async work(): Promise<void> {
    await this.parts.before
    // lets the messages that arrive in the same tick join the batch
    await Promise.resolve()
    while (this.queue.length > 0 && !this.ending.signal.aborted) await this.next().catch((error) => this.failed(error))
  }

  private async failed(error: unknown): Promise<void> {
    if (this.ending.signal.aborted) return
    this.parts.defects.inc()
    this.logger.error(`A batch of ${this.topic} ended in a defect: ${wordsOf(error)}`)
    await delay(AFTER_A_DEFECT_MS, undefined, { signal: this.ending.signal }).catch(() => undefined)
  }

  private async next(): Promise<void> {
    const { handling, origin } = this.parts
    const batch = this.queue.slice(0, handling.largest)
    await handling.handle(batch, origin, this.ending.signal, (count) => this.done(count))
  }

  private done(count: number): void {
    this.position = Number(this.queue[count - 1]!.offset) + 1
    this.queue = this.queue.slice(count)
    if (this.queue.length <= this.parts.capacity / 2) this.roomy.notify()
  }
}
