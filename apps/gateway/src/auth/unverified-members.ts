import { type ApiDefinition, DomainError, identity } from '@mpics/contracts'
import { type CallerIdentity, Invalidation, type MemberIdentity, Peers, type TaggedCache } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { MissingParts } from '../failures/missing-parts.js'
import { BatchedQuestions } from './batched-questions.js'

const ANSWER_TTL_MS = 1_000
const CACHE_BYTES = 2 * 1024 * 1024

class UnverifiedError extends DomainError {
  readonly code = 'identity.unverified'
  readonly kind = 'forbidden'
  constructor() {
    super(
      'Confirm your address first: follow the link in the mail, or ask for another one at /v1/accounts/verification-mails.',
    )
  }
}

/**
 * An account whose address is not verified is a visitor where everybody may call. Calls for members are closed to it but for
 * those whose definition says `unverified`, so that a new one is closed.
 */
@Injectable()
export class UnverifiedMembers {
  private readonly verified: TaggedCache<true>
  private readonly questions = new BatchedQuestions((ids) => this.unverified(ids))

  constructor(
    private readonly peers: Peers,
    private readonly missing: MissingParts,
    invalidation: Invalidation,
  ) {
    const bounds = { maxBytes: CACHE_BYTES, ttlMs: ANSWER_TTL_MS }
    this.verified = invalidation.cache({ name: 'verified members', ...bounds, droppedBy: [] })
  }

  /** Returns the caller as the call sees it; pages of the site have no definition and are for everybody. */
  async admit(caller: CallerIdentity, api: ApiDefinition | undefined): Promise<CallerIdentity> {
    const { member, ...visitor } = caller
    if (!member?.unverified || api?.unverified) return caller
    const isPublic = api === undefined || api.access === 'anonymous'
    if (await this.isUnverified(member, isPublic)) {
      if (isPublic) return visitor
      throw new UnverifiedError()
    }
    const { unverified: _, ...verified } = member
    return { ...visitor, member: verified }
  }

  /** Asks, since a token is up to ten minutes older than the proof of the address. A visitor need not wait for identity. */
  private async isUnverified({ accountId }: MemberIdentity, otherwise: boolean): Promise<boolean> {
    if (this.verified.get(accountId)) return false
    return this.ask(accountId).catch((error: unknown) => {
      if (!otherwise) throw error
      this.missing.note('verification', error)
      return true
    })
  }

  /** Only a proof is remembered: whoever has just given it is a member at once, at every replica. */
  private async ask(accountId: string): Promise<boolean> {
    const isUnverified = await this.questions.ask(accountId)
    if (!isUnverified) this.verified.set(accountId, true)
    return isUnverified
  }

  private async unverified(accountIds: string[]): Promise<readonly string[]> {
    return (await this.peers.call(identity.unverifiedAccounts, { body: { accountIds } })).unverified
  }
}
