import type fc from 'fast-check'
import { untilIdle } from './clock.js'

/** An answer that takes so long may as well not come. */
const SLOW_MS = 5_000
const NEVER = new Promise<never>(() => undefined)

/** A process of the model. It may be paused, lose its connections, or die, before and after any request. */
export class Process {
  dead = false
  disturbances = 0
  disturbedAt = 0
  private paused?: PromiseWithResolvers<void>
  private readonly waiting = new Set<(error: Error) => void>()

  constructor(readonly name: string) {}

  disturb(): void {
    this.disturbances++
    this.disturbedAt = Date.now()
  }

  pause(): void {
    this.disturb()
    this.paused ??= Promise.withResolvers()
  }

  resume(): void {
    if (this.paused) this.disturb()
    this.paused?.resolve()
    this.paused = undefined
  }

  die(): void {
    this.disturb()
    this.dead = true
  }

  /** Whoever waits for an answer is told that there will be none; the request may arrive all the same. */
  cut(): void {
    this.disturb()
    for (const reject of this.waiting) reject(new Error('the connection was lost'))
    this.waiting.clear()
  }

  /** Code of a process that is paused goes on later, that of a dead one never. */
  async runs(): Promise<void> {
    while (this.paused) await this.paused.promise
    if (this.dead) await NEVER
  }

  async orCut<T>(answer: Promise<T>): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>()
    this.waiting.add(reject)
    return Promise.race([answer, promise]).finally(() => this.waiting.delete(reject))
  }
}

/** Carries requests and answers. Which of those under way arrives next is for fast-check to choose. */
export class Network {
  constructor(private readonly scheduler: fc.Scheduler) {}

  get busy(): boolean {
    return this.scheduler.count() > 0
  }

  async call<T>(process: Process, what: string, effect: () => T | Promise<T>): Promise<T> {
    await process.runs()
    try {
      return await process.orCut(this.exchange(process, what, effect))
    } finally {
      await process.runs()
    }
  }

  /** Lets so many messages arrive, as far as there are any. */
  async deliver(count: number): Promise<void> {
    for (let i = 0; i < count && this.busy; i++) {
      await this.scheduler.waitOne()
      await untilIdle()
    }
  }

  private async exchange<T>(process: Process, what: string, effect: () => T | Promise<T>): Promise<T> {
    await this.carry(process, what)
    const [answer] = await Promise.allSettled([Promise.resolve().then(effect)])
    await this.carry(process, `${what}, answer`)
    if (answer.status === 'rejected') throw answer.reason
    return answer.value
  }

  private async carry(process: Process, what: string): Promise<void> {
    const since = Date.now()
    await this.scheduler.schedule(Promise.resolve(), `${process.name}: ${what}`)
    if (Date.now() - since >= SLOW_MS) process.disturb()
  }
}
