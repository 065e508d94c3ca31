import { ConcurrentChangeError } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { ALL, type Share, shareIdOf, SiteTrafficRepository } from '../site/site-traffic.repository.js'
import { type Replacement, replacing } from '../tallies/replacement.js'
import type { Tally } from '../tallies/tally.js'
import type { KeptDays } from './kept-days.js'
import type { Recount } from './recount.js'
import { TallyCount } from './tally-count.js'

/** Puts the recounted sums of the site in their places. */
@Injectable()
export class MendSite {
  constructor(private readonly site: SiteTrafficRepository) {}

  /** True if one was wrong. */
  async execute(recount: Recount, signal: AbortSignal): Promise<boolean> {
    const kept = await this.keptSums(recount.kept)
    for (let hasChanged = false; ;) {
      const changes = await this.changes(recount, kept)
      hasChanged ||= changes.length > 0
      if ((await this.made(changes)) || signal.aborted) return hasChanged
    }
  }

  private async keptSums(kept: KeptDays): Promise<Map<string, Tally>> {
    const sums = new Map<string, TallyCount>()
    for await (const { labels, tally } of this.site.before(kept.latest))
      if (isKept(kept, labels)) sums.set(labels.source, (sums.get(labels.source) ?? new TallyCount()).merge(tally))
    return new Map([...sums].map(([source, count]) => [source, count.result()]))
  }

  private async changes(recount: Recount, kept: ReadonlyMap<string, Tally>): Promise<Replacement<Share>[]> {
    const found = await this.site.stored(recount.kept.earliest)
    const stored = found.filter(({ labels }) => !isKept(recount.kept, labels))
    if (recount.isBehind(stored.map(({ tally }) => tally))) await recount.catchUp()
    const anew = new Map(recount.site.shares(recount.kept, kept).map((share) => [shareIdOf(share), share]))
    const known = new Set(stored.map(({ id }) => id))
    const missing = [...anew].flatMap(([id, { period, source }]) =>
      known.has(id) ? [] : [{ id, labels: { period, source }, version: 0, tally: null }],
    )
    return [...stored, ...missing].flatMap(
      (one) => replacing(one, anew.get(one.id)?.count.result(one.tally?.offsets) ?? null) ?? [],
    )
  }

  private async made(changes: readonly Replacement<Share>[]): Promise<boolean> {
    try {
      await this.site.replace(changes)
      return true
    } catch (error) {
      if (error instanceof ConcurrentChangeError) return false
      throw error
    }
  }
}

const isKept = (kept: KeptDays, { period, source }: Share): boolean => period !== ALL && period < kept.before([source])
