import { identity } from '@mpics/contracts'
import { EventServer } from '@mpics/eventing'
import { droppedBy, Invalidation, Peers, type TaggedCache } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { BatchedQuestions } from './batched-questions.js'
import { EndedSessions } from './ended-sessions.js'
import { isHeard } from './is-heard.js'

const ANSWER_TTL_MS = 1_000
const CACHE_BYTES = 2 * 1024 * 1024

/** Knows from Kafka which sessions have ended, and asks identity while Kafka is silent or has told of too many. Without an answer it throws (503). */
@Injectable()
export class SessionCheck {
  private readonly active: TaggedCache<true>
  private readonly questions = new BatchedQuestions((ids) => this.revoked(ids))

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

  hasEnded(sessionId: string, maxBehindMs?: number): boolean | Promise<boolean> {
    if (this.ended.has(sessionId)) return true
    if (isHeard(this.events, maxBehindMs) && this.ended.isComplete) return false
    return this.active.get(sessionId) ? false : this.ask(sessionId)
  }

  private async ask(sessionId: string): Promise<boolean> {
    const hasEnded = await this.questions.ask(sessionId)
    if (!hasEnded) this.active.set(sessionId, true, [sessionId])
    return hasEnded
  }

  private async revoked(sessionIds: string[]): Promise<readonly string[]> {
    return (await this.peers.call(identity.revokedSessions, { body: { sessionIds } })).revoked
  }
}
