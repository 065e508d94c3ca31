import { Injectable } from '@nestjs/common'
import type { Dimension } from '../counts/dimension.js'
import { OTHER, valueIn, WHOLE_SITE } from '../counts/dimension.js'
import type { AskedPeriod } from './asked-period.js'
import type { Reach } from './planned-points.js'
import { conditionsOf, type Filters } from './filters.js'
import type { AskedValue } from './known-points.js'
import { LoggedCounts } from './logged-counts.js'
import { pointIndex } from './series-points.js'
import { type ShownCounts, Slices } from './slices.js'
import { StoredLists } from './stored-lists.js'
import { StoredSeries } from './stored-series.js'
import { TooManyViewsError } from './traffic.errors.js'

export interface Question {
  readonly period: AskedPeriod
  readonly filters: Filters
  /** As of when it was asked. */
  readonly reach: Reach
}

export type ListedDimension = Exclude<Dimension, 'site' | 'kind' | 'crawler'>

const SITE = { dimension: 'site', value: WHOLE_SITE } as const

/** Answers from stored counts where one dimension does, and from single views where filters combine. */
@Injectable()
export class CountTraffic {
  constructor(
    private readonly stored: StoredSeries,
    private readonly lists: StoredLists,
    private readonly logged: LoggedCounts,
  ) {}

  async total(question: Question): Promise<ShownCounts> {
    return (await this.series(question, [question.period.from]))[0]!
  }

  /** One for each point, with hours of more than 13 months ago only where whole days are asked for in UTC. */
  async series(question: Question, points: readonly Date[]): Promise<ShownCounts[]> {
    const { period, filters, reach } = question
    const stored = (of: AskedValue) => this.stored.of({ period, reach, points, ...of })
    const [condition = SITE, ...others] = conditionsOf(filters)
    const isInLog = period.from >= this.logged.reachesBackTo()
    // of pages that are not among the most viewed ones, the log alone knows
    if (others.length === 0 && (condition.dimension !== 'page' || !isInLog)) return stored(condition)
    return this.fromLog(question, points).catch((error: unknown) => {
      if (!(error instanceof TooManyViewsError) || others.length > 0) throw error
      return stored(condition)
    })
  }

  async list({ period, filters, reach }: Question, dimension: ListedDimension, most: number) {
    if (conditionsOf(filters).length === 0 || dimension === 'entry' || dimension === 'exit')
      return this.lists.of({ period, reach, dimension, most })
    const slices = new Slices(OTHER)
    await this.logged.add(slices, { period, filters }, valueIn[dimension])
    return slices.mostViewed(most)
  }

  /** The time that an answer can be about: single views are kept for less long than counts. */
  reached({ period, filters }: Omit<Question, 'reach'>, isList: boolean): AskedPeriod {
    const conditions = conditionsOf(filters)
    const isFromLog = conditions.length > 1 || (isList && conditions.length > 0)
    const first = this.logged.reachesBackTo()
    if (!isFromLog || period.from >= first) return period
    return { ...period, from: first < period.to ? first : period.to }
  }

  /** Nothing of a time can be told whose single views are gone: that nobody came would be wrong. */
  reaches({ period, filters }: Omit<Question, 'reach'>): boolean {
    return conditionsOf(filters).length <= 1 || period.from >= this.logged.reachesBackTo()
  }

  private async fromLog(question: Question, points: readonly Date[]): Promise<ShownCounts[]> {
    const slices = new Slices('')
    await this.logged.add(slices, question, ({ at }) => String(pointIndex(points, at)))
    return points.map((_, i) => slices.shown(String(i)))
  }
}
