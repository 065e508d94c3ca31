import type fc from 'fast-check'
import { settled } from './clock.js'

const NEVER = new Promise<never>(() => undefined)

/** A process of the model. It may be paused, lose its connections, or die, before and after any request. */
export class Process {
  dead = false
  private paused?: PromiseWithResolvers<void>
  private readonly waiting = new Set<(error: Error) => void>()

  constructor(readonly name: string) {}

  pause(): void {
    this.paused ??= Promise.withResolvers()
  }

  resume(): void {
    this.paused?.resolve()
    this.paused = undefined
  }

  die(): void {
    this.dead = true
  }

  /** Whoever waits for an answer is told that there will be none; the request may arrive all the same. */
  cut(): void {
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
      return await process.orCut(this.exchange(`${process.name}: ${what}`, effect))
    } finally {
      await process.runs()
    }
  }

  /** Lets so many messages arrive, as far as there are any. */
  async deliver(count: number): Promise<void> {
    for (let i = 0; i < count && this.busy; i++) {
      await this.scheduler.waitOne()
      await settled()
    }
  }

  private async exchange<T>(what: string, effect: () => T | Promise<T>): Promise<T> {
    await this.scheduler.schedule(Promise.resolve(), what)
    const [answer] = await Promise.allSettled([Promise.resolve().then(effect)])
    await this.scheduler.schedule(Promise.resolve(), `${what}, answer`)
    if (answer.status === 'rejected') throw answer.reason
    return answer.value
  }
}
