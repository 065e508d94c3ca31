import { Injectable } from '@nestjs/common'
import type { Dimension } from '../counts/dimension.js'
import { OTHER, valueIn, WHOLE_SITE } from '../counts/dimension.js'
import type { AskedPeriod } from './asked-period.js'
import { conditionsOf, type Filters } from './filters.js'
import { LoggedCounts } from './logged-counts.js'
import { pointIndex } from './series-points.js'
import { type ShownCounts, Slices } from './slices.js'
import { StoredCounts } from './stored-counts.js'
import { TooManyViewsError } from './traffic.errors.js'

export interface Question {
  readonly period: AskedPeriod
  readonly filters: Filters
}

export type ListedDimension = Exclude<Dimension, 'site' | 'kind' | 'crawler'>

const TOTAL = ''

/** Answers from stored counts where one dimension does, and from single views where filters combine. */
@Injectable()
export class CountTraffic {
  constructor(
    private readonly stored: StoredCounts,
    private readonly logged: LoggedCounts,
  ) {}

  async total(question: Question): Promise<ShownCounts> {
    return (await this.bySlice(question, [], () => TOTAL)).shown(TOTAL)
  }

  /** One for each point, with hours of more than 13 months ago only where whole days are asked for in UTC. */
  async series(question: Question, points: readonly Date[]): Promise<ShownCounts[]> {
    const slices = await this.bySlice(question, points, ({ at }) => String(pointIndex(points, at)))
    return points.map((_, i) => slices.shown(String(i)))
  }

  async list({ period, filters }: Question, dimension: ListedDimension, most: number) {
    const slices = new Slices(OTHER)
    if (conditionsOf(filters).length > 0 && dimension !== 'entry' && dimension !== 'exit') {
      const valueOf = valueIn[dimension]
      await this.logged.add(slices, { period, filters }, valueOf)
    } else {
      const values = await this.stored.mostViewed(period, dimension, most)
      await this.stored.add(slices, { period, dimension, values }, ({ value }) => value)
    }
    return slices.mostViewed(most)
  }

  /** The time that an answer can be about: single views are kept for less long than counts. */
  reached({ period, filters }: Question, isList: boolean): AskedPeriod {
    const conditions = conditionsOf(filters)
    const isFromLog = conditions.length > 1 || (isList && conditions.length > 0)
    const first = this.logged.reachesBackTo()
    if (!isFromLog || period.from >= first) return period
    return { ...period, from: first < period.to ? first : period.to }
  }

  private async bySlice(
    question: Question,
    points: readonly Date[],
    keyOf: (one: { at: Date }) => string,
  ): Promise<Slices> {
    const { period, filters } = question
    const [condition, ...others] = conditionsOf(filters)
    const isInLog = period.from >= this.logged.reachesBackTo()
    if (others.length > 0) return this.fromLog(question, keyOf)
    // of pages that are not among the most viewed ones, the log alone knows
    if (condition?.dimension === 'page' && isInLog)
      return this.fromLog(question, keyOf).catch((error: unknown) => {
        if (error instanceof TooManyViewsError) return this.fromStore(period, condition, points, keyOf)
        throw error
      })
    return this.fromStore(period, condition ?? { dimension: 'site', value: WHOLE_SITE }, points, keyOf)
  }

  private async fromLog({ period, filters }: Question, keyOf: (one: { at: Date }) => string): Promise<Slices> {
    const slices = new Slices(TOTAL)
    await this.logged.add(slices, { period, filters }, keyOf)
    return slices
  }

  private async fromStore(
    period: AskedPeriod,
    { dimension, value }: { dimension: Dimension; value: string },
    points: readonly Date[],
    keyOf: (one: { at: Date }) => string,
  ): Promise<Slices> {
    const slices = new Slices(TOTAL)
    await this.stored.add(slices, { period, dimension, values: [value], points }, keyOf)
    return slices
  }
}
