import { UnavailableError } from '@mpics/service-kit'

interface Waiter {
  readonly key: string
  readonly start: () => void
}

export interface Place {
  /** Resolves when the place is free; throws an UnavailableError after the longest wait, or why the wait was given up. */
  readonly turn: Promise<void>
  /** Gives the place back, or the wait up; safe to repeat. */
  readonly leave: (why?: Error) => void
}

/**
 * A number of places that clients hold for a while. The next free one goes to the waiting client that holds fewest, so that
 * whoever asks for many waits for its own.
 */
export class Places {
  private readonly held = new Map<string, number>()
  private readonly waiting = new Set<Waiter>()

  constructor(private free: number) {}

  take(key: string, longestWaitMs: number): Place {
    if (this.free > 0) return { turn: Promise.resolve(), leave: this.hold(key) }
    let leave: Place['leave'] = () => undefined
    const turn = new Promise<void>((resolve, reject) => {
      const waiter: Waiter = {
        key,
        start: () => {
          clearTimeout(timer)
          leave = this.hold(key)
          resolve()
        },
      }
      this.waiting.add(waiter)
      leave = (why = new UnavailableError()) => {
        clearTimeout(timer)
        this.waiting.delete(waiter)
        reject(why)
      }
      const timer = setTimeout(leave, longestWaitMs).unref()
    })
    return { turn, leave: (why) => leave(why) }
  }

  private hold(key: string): () => void {
    this.free -= 1
    this.held.set(key, this.heldBy(key) + 1)
    let holds = true
    return () => {
      if (holds) this.giveBack(key)
      holds = false
    }
  }

  private giveBack(key: string): void {
    this.free += 1
    const left = this.heldBy(key) - 1
    if (left > 0) this.held.set(key, left)
    else this.held.delete(key)
    let next: Waiter | undefined
    for (const waiter of this.waiting) if (!next || this.heldBy(waiter.key) < this.heldBy(next.key)) next = waiter
    if (!next) return
    this.waiting.delete(next)
    next.start()
  }

  private heldBy(key: string): number {
    return this.held.get(key) ?? 0
  }
}
