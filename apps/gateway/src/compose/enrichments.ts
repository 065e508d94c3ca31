import { analytics, profiles } from '@mpics/contracts'
import { type MemberIdentity, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { z } from 'zod'
import { GatewayConfig } from '../config.js'
import { MissingParts, type Part } from '../failures/missing-parts.js'

export type ProfileCard = z.output<typeof profiles.profileCard>
export interface Views {
  total: number
  unique: number
}

const MAX_PAGES = 80

/** Reads the optional parts of a composed answer. Each is null when its owner is away or takes longer than configured. */
@Injectable()
export class Enrichments {
  constructor(
    private readonly peers: Peers,
    private readonly config: GatewayConfig,
    private readonly missing: MissingParts,
  ) {}

  /** Leaves out pages whose views the operator hides. */
  async views(pages: readonly string[]): Promise<ReadonlyMap<string, Views> | null> {
    const page = [...new Set(pages)].slice(0, MAX_PAGES)
    if (page.length === 0) return new Map()
    const answer = await this.inTime('views', this.peers.call(analytics.getViews, { query: { page } }))
    return answer && new Map(answer.items.map(({ page: key, total, unique }) => [key, { total, unique }]))
  }

  async cards(ids: readonly string[], viewer?: MemberIdentity): Promise<ReadonlyMap<string, ProfileCard> | null> {
    if (ids.length === 0) return new Map()
    const body = { ids: [...new Set(ids)], readerId: viewer?.accountId ?? null }
    const answer = await this.inTime('cards', this.peers.call(profiles.profileCards, { body }))
    return answer && new Map(answer.items.map((card) => [card.id, card]))
  }

  async fullName(member: MemberIdentity): Promise<string | null> {
    const answer = await this.inTime('name', this.peers.call(profiles.getMyProfile, { onBehalfOf: member }))
    return answer?.fullName ?? null
  }

  private inTime<T>(part: Part, answer: Promise<T>): Promise<T | null> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), this.config.GATEWAY_COMPOSE_TIMEOUT_MS)
    })
    const inTime = Promise.race([answer, late]).finally(() => clearTimeout(timer))
    return this.missing.orNull(part, inTime)
  }
}
