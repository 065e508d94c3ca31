interface Item<T> {
  work: T
  done: () => void
  failed: (error: unknown) => void
}

const MAX_CALLS = 1_000
/** Of these there is no moment without more: whoever catches up does not wait for them. */
const MANY = 16

/** Waits so long for others, unless many have come. */
export const gathering =
  (ms: number | (() => number)) =>
  ({ length }: readonly unknown[]): number => {
    if (length >= MANY) return 0
    return typeof ms === 'number' ? ms : ms()
  }

/**
 * Does things together that come while others are under way, or within `lingerMs`, which what comes may shorten: many in one request cost less
 * than a request each. If they fail together, each is done alone, so that none fails for another's sake: `perform` must be safe to repeat.
 */
export class Together<T> {
  private waiting: Item<T>[] = []
  private busy = false
  private lookAgain?: () => void

  constructor(
    private readonly perform: (works: readonly T[]) => Promise<void>,
    private readonly lingerMs: (works: readonly T[]) => number = () => 0,
  ) {}

  add(work: T): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ work, done, failed })
      if (this.busy) this.lookAgain?.()
      else void this.keepPerforming()
    })
  }

  private async keepPerforming(): Promise<void> {
    this.busy = true
    try {
      while (this.waiting.length > 0) {
        if (this.msLeft() > 0) await this.linger()
        await this.performAll(this.waiting.splice(0, MAX_CALLS))
      }
    } catch (error) {
      for (const { failed } of this.waiting.splice(0)) failed(error)
    } finally {
      this.busy = false
      this.lookAgain = undefined
    }
  }

  private msLeft(): number {
    return this.lingerMs(this.waiting.map(({ work }) => work))
  }

  private async linger(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    let [endsAt, timer] = [Infinity, undefined as NodeJS.Timeout | undefined]
    this.lookAgain = () => {
      const now = performance.now()
      const ms = this.msLeft()
      if (now + ms >= endsAt) return
      endsAt = now + ms
      clearTimeout(timer)
      timer = setTimeout(resolve, ms)
    }
    this.lookAgain()
    await promise
    this.lookAgain = undefined
  }

  private async performAll(items: readonly Item<T>[]): Promise<void> {
    const alone = async ({ work, done, failed }: Item<T>) => {
      try {
        await this.perform([work])
        done()
      } catch (error) {
        failed(error)
      }
    }
    if (items.length === 1) return alone(items[0]!)
    try {
      await this.perform(items.map(({ work }) => work))
      for (const { done } of items) done()
    } catch {
      await Promise.all(items.map(alone))
    }
  }
}
