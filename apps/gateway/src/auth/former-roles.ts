import { identity } from '@mpics/contracts'
import { EventServer } from '@mpics/eventing'
import { Invalidation, Peers, type TaggedCache } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { VerifiedToken } from './access-token.js'
import { BatchedQuestions } from './batched-questions.js'
import { isHeard } from './is-heard.js'
import { RolesVersions } from './roles-versions.js'

const ANSWER_TTL_MS = 1_000
const CACHE_BYTES = 1024 * 1024

/**
 * Tells tokens from before the last change of their account's roles. While Kafka is silent it asks identity of those that open
 * more than a member's; without an answer it throws (503).
 */
@Injectable()
export class FormerRoles {
  private readonly current: TaggedCache<true>
  private readonly questions = new BatchedQuestions((held) => this.former(held))

  constructor(
    private readonly events: EventServer,
    private readonly versions: RolesVersions,
    private readonly peers: Peers,
    invalidation: Invalidation,
  ) {
    const bounds = { maxBytes: CACHE_BYTES, ttlMs: ANSWER_TTL_MS }
    this.current = invalidation.cache({ name: 'roles in force', ...bounds, droppedBy: [] })
  }

  isOf(token: VerifiedToken, maxBehindMs?: number): boolean | Promise<boolean> {
    const { member, rolesVersion, scopes } = token
    const { accountId, roles } = member
    if (scopes) return false
    if (this.versions.isFormer(accountId, rolesVersion)) return true
    if (isHeard(this.events, maxBehindMs) && this.versions.isComplete) return false
    if (roles.every((role) => role === 'member')) return false
    const held = `${accountId} ${rolesVersion}`
    return this.current.get(held) ? false : this.ask(held)
  }

  private async ask(held: string): Promise<boolean> {
    const isFormer = await this.questions.ask(held)
    if (!isFormer) this.current.set(held, true)
    return isFormer
  }

  private async former(held: string[]): Promise<readonly string[]> {
    const accountIds = [...new Set(held.map((one) => one.split(' ', 1)[0]!))]
    const { items } = await this.peers.call(identity.rolesVersions, { body: { accountIds } })
    const current = new Set(items.map(({ accountId, rolesVersion }) => `${accountId} ${rolesVersion}`))
    return held.filter((one) => !current.has(one))
  }
}
