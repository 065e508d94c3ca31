import { LRUCache } from 'lru-cache'

/** What an older answer says may have changed since. */
export const VALID_MS = 500
/** More than are ever awaited at once. */
const MOST = 500

/** Answers that are asked for a moment before they are wanted. Each is used once, or forgotten in a moment. */
export class Foreseen<T> {
  private readonly answers: LRUCache<string, Promise<T>>

  constructor(perf: { now(): number } = performance) {
    this.answers = new LRUCache({ max: MOST, ttl: VALID_MS, ttlAutopurge: true, ttlResolution: 0, perf })
  }

  ask(key: string, answer: Promise<T>): void {
    // an error is told to whoever wants the answer
    answer.catch(() => undefined)
    this.answers.set(key, answer)
  }

  /** Asks now for what was not foreseen. */
  take(key: string, ask: () => Promise<T>): Promise<T> {
    const foreseen = this.answers.get(key)
    this.answers.delete(key)
    return foreseen ?? ask()
  }
}
