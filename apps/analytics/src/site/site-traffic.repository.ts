import { about, Connection, keptForEver, PersonalData, type Session } from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { dayOf } from '../page-days/day.js'
import { HyperLogLog } from '../sketch/hyperloglog.js'
import type { Counting } from '../tallies/counting.js'
import type { View } from '../tallies/tally.js'
import { tallyFields } from '../tallies/tally-fields.js'
import { TallyCollection, type TallyGroup } from '../tallies/tally.repository.js'
import type { Replacement, VersionedTally } from '../tallies/replacement.js'

export interface Share {
  /** A day, or `all`, which is greater than any. */
  period: string
  source: string
}

export interface Traffic {
  views: number
  visitors: number
}

export const ALL = 'all'
export const shareIdOf = ({ period, source }: Share) => `${period} ${source}`
const LABEL = about.technical('trend-analysis')

/** Traffic of the whole site. Each partition has a document of its own for each period, so two consumers never write the same one. */
@Injectable()
export class SiteTrafficRepository implements OnApplicationBootstrap {
  private readonly shares: TallyCollection<Share>

  constructor(connection: Connection, personalData: PersonalData) {
    this.shares = new TallyCollection(connection, 'site_traffic', { period: String, source: String }, { period: 1 })
    const impersonal = 'sums of the views of all pages'
    const fields = { _id: LABEL, period: LABEL, source: LABEL, ...tallyFields }
    personalData.register({ store: { collection: 'site_traffic' }, impersonal, fields, ...keptForEver })
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.shares.prepare()
  }

  counting(views: readonly View[], session?: Session): Promise<Counting> {
    const bySource = Map.groupBy(views, ({ source }) => source)
    return this.shares.counting(
      [...bySource].flatMap(([source, some]) => sharesOf(source, some)),
      session,
    )
  }

  /** From this day on, and in all. */
  stored(from: string): Promise<VersionedTally<Share>[]> {
    return this.shares.versioned({ period: { $gte: from } })
  }

  /** The shares of all days before this one. */
  before(day: string): AsyncIterable<VersionedTally<Share>> {
    return this.shares.each({ period: { $lt: day } })
  }

  /** Throws `ConcurrentChangeError` when somebody has counted meanwhile. */
  replace(changes: readonly Replacement<Share>[]): Promise<void> {
    return this.shares.replace(changes)
  }

  of(day: string): Promise<Traffic> {
    return this.added(day)
  }

  inAll(): Promise<Traffic> {
    return this.added(ALL)
  }

  private async added(period: string): Promise<Traffic> {
    const shares = await this.shares.where({ period })
    const visitors = shares.reduce(
      (all, { registers }) => all.merge(HyperLogLog.fromBytes(registers)),
      HyperLogLog.empty(),
    )
    const views = shares.reduce((sum, { total }) => sum + total, 0)
    return { views, visitors: Math.min(visitors.estimate(), views) }
  }
}

function sharesOf(source: string, views: View[]): TallyGroup<Share>[] {
  const byPeriod = [[ALL, views] as const, ...Map.groupBy(views, ({ at }) => dayOf(at))]
  return byPeriod.map(([period, some]) => {
    const labels = { period, source }
    return { id: shareIdOf(labels), labels, views: some }
  })
}
