import { identity } from '@mpics/contracts'
import { EventServer } from '@mpics/eventing'
import { droppedBy, Invalidation, Peers, type TaggedCache } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { EndedSessions } from './ended-sessions.js'

/** B49 promises that an access token works nowhere two seconds after the log-off. */
const MAX_SILENCE_MS = 2_000
const ANSWER_TTL_MS = 1_000
const BATCH_SIZE = 500
const CACHE_BYTES = 2 * 1024 * 1024

/** Knows from Kafka which sessions have ended, and asks identity while Kafka is silent or has told of too many. Without an answer it throws (503). */
@Injectable()
export class SessionCheck {
  private readonly active: TaggedCache<true>
  private asked = new Map<string, PromiseWithResolvers<boolean>>()

  constructor(
    private readonly events: EventServer,
    private readonly ended: EndedSessions,
    private readonly peers: Peers,
    invalidation: Invalidation,
  ) {
    this.active = invalidation.cache({
      name: 'active sessions',
      maxBytes: CACHE_BYTES,
      ttlMs: ANSWER_TTL_MS,
      droppedBy: [droppedBy(identity.sessionRevoked, ({ data }) => [data.sessionId])],
    })
  }

  hasEnded(sessionId: string): boolean | Promise<boolean> {
    if (this.ended.has(sessionId)) return true
    const { replica, replicaSilentMs } = this.events.health()
    if (replica === 'ready' && replicaSilentMs < MAX_SILENCE_MS && this.ended.isComplete) return false
    return this.active.get(sessionId) ? false : this.ask(sessionId)
  }

  /** Sends the questions of one turn of the event loop as one call. */
  private ask(sessionId: string): Promise<boolean> {
    if (this.asked.size === 0) setImmediate(() => void this.askForAll())
    let answer = this.asked.get(sessionId)
    if (!answer) this.asked.set(sessionId, (answer = Promise.withResolvers<boolean>()))
    return answer.promise
  }

  private async askForAll(): Promise<void> {
    const asked = [...this.asked]
    this.asked = new Map()
    for (let from = 0; from < asked.length; from += BATCH_SIZE) await this.askFor(asked.slice(from, from + BATCH_SIZE))
  }

  private async askFor(asked: [string, PromiseWithResolvers<boolean>][]): Promise<void> {
    try {
      const sessionIds = asked.map(([sessionId]) => sessionId)
      const { revoked } = await this.peers.call(identity.revokedSessions, { body: { sessionIds } })
      for (const [sessionId, answer] of asked) {
        const hasEnded = revoked.includes(sessionId)
        if (!hasEnded) this.active.set(sessionId, true, [sessionId])
        answer.resolve(hasEnded)
      }
    } catch (error) {
      for (const [, answer] of asked) answer.reject(error)
    }
  }
}
