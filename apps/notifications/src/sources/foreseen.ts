import { LRUCache } from 'lru-cache'

/** What an older answer says may have changed since. */
export const VALID_MS = 500
/** More than are ever awaited at once. */
const MOST = 500
/** Half of the connections to a service: the others are free for mails whose turn it is. */
export const MAX_UNANSWERED = 16

/** Answers that are asked for a moment before they are wanted. Each is used once, or forgotten in a moment. */
export class Foreseen<T extends object> {
  private readonly answers: LRUCache<string, Promise<T | undefined>>
  private unanswered = 0

  constructor(perf: { now(): number } = performance) {
    this.answers = new LRUCache({ max: MOST, ttl: VALID_MS, ttlAutopurge: true, ttlResolution: 0, perf })
  }

  /** Does nothing while too many are unanswered. */
  foresee(key: string, ask: () => Promise<T>): void {
    if (this.unanswered >= MAX_UNANSWERED) return
    this.unanswered++
    const answer = ask().catch(() => undefined)
    void answer.then(() => this.unanswered--)
    this.answers.set(key, answer)
  }

  /** What is asked from now on counts. */
  forget(): void {
    this.answers.clear()
  }

  /** Asks now for what was not foreseen, or in vain. */
  async take(key: string, ask: () => Promise<T>): Promise<T> {
    const foreseen = this.answers.get(key)
    this.answers.delete(key)
    return (await foreseen) ?? ask()
  }
}
