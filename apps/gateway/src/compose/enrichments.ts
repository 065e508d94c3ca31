import { profiles } from '@mpics/contracts'
import { type MemberIdentity, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { z } from 'zod'
import { GatewayConfig } from '../config.js'
import { MissingParts, type Part } from '../failures/missing-parts.js'
import { Gathered } from './gathered.js'
import { MAX_PAGES, PageTotals, type Views } from './page-totals.js'

export type ProfileCard = z.output<typeof profiles.profileCard>

const MAX_CARDS = 500

/**
 * Reads the optional parts of a composed answer. Each is null when its owner is away or takes longer than configured. Requests of one
 * moment share a call where they ask for what is the same for all: views, and cards as visitors see them.
 */
@Injectable()
export class Enrichments {
  private readonly publicCards = new Gathered((ids) => this.askForCards(ids, null), MAX_CARDS)

  constructor(
    private readonly peers: Peers,
    private readonly config: GatewayConfig,
    private readonly missing: MissingParts,
    private readonly totals: PageTotals,
  ) {}

  /** Leaves out pages whose views the operator hides. */
  async views(pages: readonly string[]): Promise<ReadonlyMap<string, Views> | null> {
    const asked = [...new Set(pages)].slice(0, MAX_PAGES)
    if (asked.length === 0) return new Map()
    return this.inTime('views', this.totals.of(asked))
  }

  async cards(ids: readonly string[], viewer?: MemberIdentity): Promise<ReadonlyMap<string, ProfileCard> | null> {
    if (ids.length === 0) return new Map()
    const asked = [...new Set(ids)]
    return this.inTime('cards', viewer ? this.askForCards(asked, viewer.accountId) : this.publicCards.load(asked))
  }

  async fullName(member: MemberIdentity): Promise<string | null> {
    const answer = await this.inTime('name', this.peers.call(profiles.getMyProfile, { onBehalfOf: member }))
    return answer?.fullName ?? null
  }

  private async askForCards(ids: string[], readerId: string | null): Promise<ReadonlyMap<string, ProfileCard>> {
    const { items } = await this.peers.call(profiles.profileCards, { body: { ids, readerId } })
    return new Map(items.map((card) => [card.id, card]))
  }

  inTime<T>(part: Part, answer: Promise<T>): Promise<T | null> {
    const inTime = new Promise<T>((resolve, reject) => {
      const late = () => reject(new Error('no answer in time'))
      const timer = setTimeout(late, this.config.GATEWAY_COMPOSE_TIMEOUT_MS)
      answer.finally(() => clearTimeout(timer)).then(resolve, reject)
    })
    return this.missing.orNull(part, inTime)
  }
}
