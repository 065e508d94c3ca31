import { ErasedIds } from '@mpics/eventing'
import { about, Connection, PersonalData } from '@mpics/mongo'
import { Clock } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { KeptSums, sinceOf } from './kept-sums.repository.js'
import { type CountedDays, type CountedSpan, daysIdOf, spanIdOf } from './span.js'

interface StoredSpan extends Omit<CountedSpan, 'from' | 'to'> {
  _id: string
  since: Date
  /** Of days that are kept together, instead of their sums. */
  counts?: number[]
}

/** Rows of sixteen days, the longest, would be 110 MB, 70 as MongoDB packs them, and 35 of indexes. */
const MAX_SPANS = 200_000
const whole = { type: Number, required: true }
const schema = {
  ...{ _id: String, dimension: String, value: String, since: Date },
  ...{ views: Number, repeats: Number, visitors: Number, writes: whole },
  counts: { type: [Number], default: undefined },
}

const counted = about.technical('trend-analysis')
const named = about.traffic('trend-analysis', 'a page by its id, a country, a browser, …; never who looked')
const fields = {
  ...{ _id: named, dimension: counted, value: named, since: counted },
  ...{ views: counted, repeats: counted, visitors: counted, counts: counted, writes: counted },
}

/** What closed hours add up to, counted once: weeks and months, and days of zones. */
@Injectable()
export class SpansRepository implements OnApplicationBootstrap {
  readonly sums: KeptSums<StoredSpan>

  constructor(
    connection: Connection,
    personalData: PersonalData,
    private readonly erased: ErasedIds,
    private readonly clock: Clock,
  ) {
    this.sums = new KeptSums(connection, personalData, {
      ...{ collection: 'spans', page: 'value', schema, fields, max: MAX_SPANS },
      subject: 'the account whose profile has the page `value`, /profiles/<account>; no count names who looked',
    })
  }

  onApplicationBootstrap(): Promise<void> {
    return this.sums.makeIndexes()
  }

  /** Those that were counted, by their ids. */
  async find(ids: readonly string[]): Promise<Map<string, StoredSpan>> {
    const [asked, projection] = [{ _id: { $in: [...ids] } }, { dimension: 0, value: 0, since: 0 }]
    const all = { projection, batchSize: ids.length + 1 }
    const found = await this.sums.model.collection.find<StoredSpan>(asked as never, all).toArray()
    return new Map(found.map((span) => [span._id, span]))
  }

  /** Of pages that are not erased. One may be erased meanwhile. Where there is no room none is kept, and whoever asks adds it up again. */
  async keep(spans: readonly (CountedSpan | CountedDays)[]): Promise<void> {
    const kept = await this.erased.without(spans, ({ value }) => value)
    if (kept.length === 0 || !(await this.sums.hasRoom())) return
    const now = this.clock.now()
    await this.sums.model.bulkWrite(
      kept.map((span) => writeOf(span, now)),
      // what a new primary does not know is added up again
      { ordered: false, writeConcern: { w: 1 } },
    )
    await this.erased.recheck(kept.map(({ value }) => value))
  }

  makeRoom(stopping: AbortSignal): Promise<void> {
    return this.sums.makeRoom(stopping)
  }

  erasePage(page: string): Promise<number> {
    return this.sums.erasePage(page)
  }
}

function writeOf(span: CountedSpan | CountedDays, now: Date) {
  const { from: _from, to: _to, ...counts } = span
  const [since, _id] = [sinceOf(span, now), 'counts' in span ? daysIdOf(span) : spanIdOf(span)]
  return { updateOne: { filter: { _id }, update: { $set: { ...counts, since } }, upsert: true } }
}
