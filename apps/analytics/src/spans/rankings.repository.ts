import { ErasedIds } from '@mpics/eventing'
import { about, Connection, PersonalData } from '@mpics/mongo'
import { Clock } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import type { Dimension } from '../counts/dimension.js'
import { KeptSums, sinceOf } from './kept-sums.repository.js'
import { countsAt, numbersOf, type SpanCounts, spanIdOf } from './span.js'

/** The values of a dimension that were viewed most in closed hours, so many of them. */
export interface Ranking {
  readonly dimension: Dimension
  readonly from: Date
  readonly to: Date
  readonly most: number
}

export interface CountedRanking extends Ranking {
  readonly items: (SpanCounts & { readonly value: string })[]
  /** How often its days had been written before it was counted. */
  readonly writes: number
}

interface StoredRanking extends Pick<CountedRanking, 'dimension' | 'writes'> {
  _id: string
  values: string[]
  /** Views, repeats and visitors of each value in turn. */
  counts: number[]
  since: Date
}

/** Some tens of megabytes: one of pages takes ten kilobytes. */
const MAX_RANKINGS = 2_000

const schema = { _id: String, dimension: String, values: [String], counts: [Number], writes: Number, since: Date }

const counted = about.technical('trend-analysis')
const named = about.traffic('trend-analysis', 'pages by their ids, countries, browsers, …; never who looked')
const fields = { _id: counted, dimension: counted, values: named, counts: counted, writes: counted, since: counted }
const idOf = ({ most, ...time }: Ranking): string => `${spanIdOf({ ...time, value: '' })}${most}`

/** Lists of closed hours, counted once. */
@Injectable()
export class RankingsRepository implements OnApplicationBootstrap {
  readonly sums: KeptSums<StoredRanking>

  constructor(
    connection: Connection,
    personalData: PersonalData,
    private readonly erased: ErasedIds,
    private readonly clock: Clock,
  ) {
    this.sums = new KeptSums(connection, personalData, {
      ...{ collection: 'rankings', page: 'values', schema, fields, max: MAX_RANKINGS },
      subject:
        'the accounts whose profiles have pages among the `values`, /profiles/<account>; no count names who looked',
    })
  }

  onApplicationBootstrap(): Promise<void> {
    return this.sums.makeIndexes()
  }

  /** Null where it was never counted. */
  async find(ranking: Ranking): Promise<Pick<CountedRanking, 'items' | 'writes'> | null> {
    const found = await this.sums.model.collection.findOne<StoredRanking>({ _id: idOf(ranking) as never })
    if (!found) return null
    const { values, counts, writes } = found
    return { items: values.map((value, i) => ({ value, ...countsAt(counts, i) })), writes }
  }

  /** One that names nothing erased. A page may be erased meanwhile. Where there is no room none is kept, and whoever asks counts it again. */
  async keep({ items, writes, ...ranking }: CountedRanking): Promise<void> {
    const values = items.map(({ value }) => value)
    const isKept = (await this.erased.without([values])).length > 0
    if (!isKept || !(await this.sums.hasRoom())) return
    const counts = items.flatMap(numbersOf)
    const since = sinceOf(ranking, this.clock.now())
    await this.sums.model.updateOne(
      { _id: idOf(ranking) },
      { $set: { dimension: ranking.dimension, values, counts, writes, since } },
      // what a new primary does not know is counted again
      { upsert: true, writeConcern: { w: 1 } },
    )
    await this.erased.recheck(values)
  }

  makeRoom(stopping: AbortSignal): Promise<void> {
    return this.sums.makeRoom(stopping)
  }

  erasePage(page: string): Promise<number> {
    return this.sums.erasePage(page)
  }
}
