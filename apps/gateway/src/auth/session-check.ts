import { revokedSessions } from '@mpics/contracts'
import { EventServer } from '@mpics/eventing'
import { Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { LRUCache } from 'lru-cache'
import { EndedSessions } from './ended-sessions.js'

/** Promised: an access token works nowhere two seconds after the log-off (B49). */
const SILENCE_MS = 2_000
/** How long identity’s answer is good for. */
const ANSWER_MS = 1_000
const MOST_AT_ONCE = 500

/** Whether a session has ended: known from Kafka, or asked of identity while Kafka is not heard. No answer: 503. */
@Injectable()
export class SessionCheck {
  private readonly lasting = new LRUCache<string, true>({ max: 20_000, ttl: ANSWER_MS })
  private waiting = new Map<string, PromiseWithResolvers<boolean>>()

  constructor(
    private readonly events: EventServer,
    private readonly ended: EndedSessions,
    private readonly peers: Peers,
  ) {}

  hasEnded(sessionId: string): boolean | Promise<boolean> {
    if (this.ended.has(sessionId)) return true
    const { replica, replicaSilentMs } = this.events.health()
    if (replica === 'ready' && replicaSilentMs < SILENCE_MS) return false
    return this.lasting.has(sessionId) ? false : this.ask(sessionId)
  }

  /** What is asked in the same turn goes out as one call. */
  private ask(sessionId: string): Promise<boolean> {
    if (this.waiting.size === 0) setImmediate(() => void this.askForAll())
    let answer = this.waiting.get(sessionId)
    if (!answer) this.waiting.set(sessionId, (answer = Promise.withResolvers<boolean>()))
    return answer.promise
  }

  private async askForAll(): Promise<void> {
    const asked = [...this.waiting]
    this.waiting = new Map()
    for (let from = 0; from < asked.length; from += MOST_AT_ONCE)
      await this.askFor(asked.slice(from, from + MOST_AT_ONCE))
  }

  private async askFor(asked: [string, PromiseWithResolvers<boolean>][]): Promise<void> {
    try {
      const sessionIds = asked.map(([sessionId]) => sessionId)
      const { revoked } = await this.peers.call(revokedSessions, { body: { sessionIds } })
      for (const [sessionId, answer] of asked) {
        const hasEnded = revoked.includes(sessionId)
        if (!hasEnded) this.lasting.set(sessionId, true)
        answer.resolve(hasEnded)
      }
    } catch (error) {
      for (const [, answer] of asked) answer.reject(error)
    }
  }
}
