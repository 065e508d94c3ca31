import { Injectable } from '@nestjs/common'

const MAX_SESSIONS = 100_000
const SWEEP_EVERY = 1_000
const GRACE_MS = 60_000

/** Sessions that ended while an access token of theirs could still be good: remembered until the last of those expires. */
@Injectable()
export class EndedSessions {
  private readonly expiries = new Map<string, number>()
  private readonly listeners: ((sessionId: string) => void)[] = []
  private added = 0
  private incompleteUntil = 0

  onAdded(listener: (sessionId: string) => void): void {
    this.listeners.push(listener)
  }

  add(sessionId: string, tokensExpireAt: number): void {
    this.expiries.set(sessionId, Math.max(tokensExpireAt, this.expiries.get(sessionId) ?? 0))
    for (const listener of this.listeners) listener(sessionId)
    if (++this.added % SWEEP_EVERY === 0) this.sweep(Date.now())
    if (this.expiries.size > MAX_SESSIONS) this.forgetOldest()
  }

  has(sessionId: string): boolean {
    return this.expiries.has(sessionId)
  }

  /** False after more ended sessions than fit in memory: for others than these, only identity knows. */
  get isComplete(): boolean {
    return this.incompleteUntil < Date.now()
  }

  private sweep(now: number): void {
    for (const [sessionId, expiresAt] of this.expiries) if (expiresAt < now - GRACE_MS) this.expiries.delete(sessionId)
  }

  private forgetOldest(): void {
    for (const [sessionId, expiresAt] of this.expiries) {
      this.expiries.delete(sessionId)
      this.incompleteUntil = Math.max(this.incompleteUntil, expiresAt + GRACE_MS)
      return
    }
  }
}
