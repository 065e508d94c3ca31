import {
  ConcurrentChangeError,
  Connection,
  days,
  type Erasure,
  isDuplicateKey,
  makeIndexes,
  PersonalData,
  ttlKeys,
  ttlSeconds,
} from '@mpics/mongo'
import { Clock, Ids } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { type Model, Schema } from 'mongoose'
import { HourFilesRepository } from '../hour-files/hour-files.repository.js'
import { untilDurable } from '../tallies/tally.repository.js'
import { profilePageOf } from '../tallies/profile-page.js'
import { viewLogFields } from './view-log-fields.js'
import { erasedPage, hoursAmong, type LoggedView, PERSON, type PlacedView } from './logged-view.js'

/** One stretch of one partition. A stretch begins where the one before it ends, so each is stored once, whoever writes it. */
export interface Stretch {
  _id: string
  source: string
  from: number
  to: number
  hours: Date[]
  pages: string[]
  savedAt: Date
  views: LoggedView[]
}

/** `to` is the first moment after. Views that were saved later are not of it. */
export interface LoggedTime {
  readonly from: Date
  readonly to: Date
  readonly savedBy: Date
}

/** How often people came from there; `time` is its place among those that were asked for. */
export interface Origin {
  readonly time: number
  readonly referrer?: string
  readonly country?: string
  readonly views: number
}

export const LOG_DAYS = 30
const RETENTION = days(LOG_DAYS).after('the view').or('until the account is erased').beginsAt('savedAt')
const NOTHING = -1
/** A stretch may hold thousands of views. */
const BATCH = 20
const ORIGINS = 1_000
/** Partitions are 12; each replayed one is a source more. */
const MAX_KNOWN = 1_000

const schema = new Schema(
  {
    _id: String,
    source: String,
    from: Number,
    to: Number,
    hours: [Date],
    pages: [String],
    savedAt: Date,
    views: Schema.Types.Mixed,
  },
  { versionKey: false, autoCreate: false, minimize: false, strict: 'throw' },
)
schema.index({ source: 1, from: 1 })
schema.index({ hours: 1, source: 1, from: 1 })
schema.index({ pages: 1, source: 1, from: 1 })
schema.index(ttlKeys(RETENTION), { expireAfterSeconds: ttlSeconds(RETENTION) })

/** Keeps each view once, in the order of its partition: everything but totals is counted from here, and can be counted again. */
@Injectable()
export class ViewLogRepository implements OnApplicationBootstrap {
  readonly model: Model<Stretch>
  private readonly ends = new Map<string, number>()
  private readonly listeners: ((stretch: Stretch) => void)[] = []

  constructor(
    connection: Connection,
    personalData: PersonalData,
    private readonly ids: Ids,
    private readonly files: HourFilesRepository,
    private readonly clock: Clock,
  ) {
    this.model = connection.model('view_log', schema, 'view_log') as unknown as Model<Stretch>
    personalData.register({
      store: { collection: 'view_log' },
      subject: 'the account whose profile has the page `views.page`, /profiles/<account>; no view names who looked',
      purpose: 'trend-analysis',
      ...RETENTION,
      fields: viewLogFields,
      erase: (accountId, begun) => this.erasePage(profilePageOf(accountId), begun),
      // the counts of the page, which are made of these views, are in the export
      export: async function* () {},
    })
  }

  async onApplicationBootstrap(): Promise<void> {
    await makeIndexes(this.model)
  }

  /** Calls the listener with each stretch that this process has stored. */
  onStored(listener: (stretch: Stretch) => void): void {
    this.listeners.push(listener)
  }

  /** Stores what no stretch holds yet. On `ConcurrentChangeError` somebody else was faster: a repeat stores the rest. */
  async append(views: readonly PlacedView[], savedAt: Date): Promise<void> {
    const bySource = Map.groupBy(views, ({ source }) => source)
    await this.learnEnds([...bySource.keys()])
    const stretches = [...bySource].flatMap(([source, placed]) => this.stretchOf(source, placed, savedAt))
    if (stretches.length === 0) return untilDurable(this.model as never, 'to')
    try {
      await this.model.collection.insertMany(stretches as never, { ordered: false, ignoreUndefined: true })
      for (const stretch of stretches) {
        this.ends.set(stretch.source, stretch.to)
        for (const listener of this.listeners) listener(stretch)
      }
    } catch (error) {
      for (const source of bySource.keys()) this.ends.delete(source)
      throw isDuplicateKey(error) ? new ConcurrentChangeError('view_log', 'one of many', 0) : error
    }
  }

  /** Stretches with views of these hours, each partition in its order. */
  async *during(hours: readonly Date[]): AsyncIterable<Stretch> {
    yield* this.model
      .find({ hours: { $in: [...hours] } })
      .sort({ source: 1, from: 1 })
      .allowDiskUse(true)
      .lean<Stretch[]>()
      .cursor({ batchSize: BATCH }) as AsyncIterable<Stretch>
  }

  /** Stretches with views of a page in this time, each partition in its order. */
  async *ofPage(page: string, from: Date, to: Date): AsyncIterable<Stretch> {
    yield* this.model
      .find({ pages: page, hours: { $elemMatch: { $gte: from, $lt: to } } })
      .sort({ source: 1, from: 1 })
      .lean<Stretch[]>()
      .cursor({ batchSize: BATCH }) as AsyncIterable<Stretch>
  }

  /** Where the views of a page in these times, which are in order, came from; the most frequent ones first. */
  async *origins(page: string, times: readonly LoggedTime[]): AsyncIterable<Origin> {
    const found = this.model.aggregate([
      { $match: { pages: page, hours: { $elemMatch: { $gte: times[0]!.from, $lt: times.at(-1)!.to } } } },
      { $project: { savedAt: 1, views: { $filter: { input: '$views', cond: isPersonOn(page) } } } },
      { $unwind: '$views' },
      { $group: { _id: { time: placeAmong(times), ...originOfView }, views: { $sum: 1 } } },
      { $match: { '_id.time': { $ne: null } } },
      { $sort: { views: -1 } },
    ])
    const groups = found.allowDiskUse(true).cursor({ batchSize: ORIGINS }) as AsyncIterable<OriginGroup>
    for await (const { _id, views } of groups) yield { ..._id, views }
  }

  /** The last offset of a partition in the log. */
  async endOf(source: string): Promise<number> {
    const last = await this.model.findOne({ source }).sort({ from: -1 }).select({ to: 1 }).lean<Stretch>()
    return last?.to ?? NOTHING
  }

  /** Stretches of a partition after an offset, in their order. */
  async *after(source: string, offset: number): AsyncIterable<Stretch> {
    const found = this.model.find({ source, from: { $gt: offset } }).sort({ from: 1 })
    yield* found.lean<Stretch[]>().cursor({ batchSize: BATCH }) as AsyncIterable<Stretch>
  }

  sources(): Promise<string[]> {
    return this.model.distinct('source')
  }

  /** When the oldest stretch was saved. */
  async begin(): Promise<Date | null> {
    const first = await this.model.findOne().sort({ savedAt: 1 }).select({ savedAt: 1 }).lean<Stretch>()
    return first?.savedAt ?? null
  }

  /** The newest stretches since then, at most `most`. */
  newest(since: Date, most: number): Promise<Stretch[]> {
    return this.model
      .find({ savedAt: { $gte: since } })
      .sort({ savedAt: -1 })
      .limit(most)
      .lean<Stretch[]>()
  }

  /** Notes that the files of its hours hold a page that is being erased. */
  async noteErasure(page: string, begun: Date): Promise<void> {
    await this.files.noteErasure(await this.model.distinct('hours', { pages: page }), begun)
  }

  /** The views stay, of a page that nothing leads to: the sums of an hour are the same when it is counted again. */
  async erasePage(page: string, begun = this.clock.now()): Promise<Erasure> {
    await this.noteErasure(page, begun)
    const change = { $set: { 'views.$[erased].page': erasedPage(this.ids.random()) }, $pull: { pages: page } }
    const arrayFilters = [{ 'erased.page': page }]
    const { modifiedCount } = await this.model.collection.updateMany({ pages: page }, change as never, { arrayFilters })
    return { erased: modifiedCount, waiting: 0 }
  }

  private stretchOf(source: string, placed: readonly PlacedView[], savedAt: Date): Stretch[] {
    const end = this.ends.get(source)!
    const inOrder = isInOrder(placed) ? placed : placed.toSorted((a, b) => a.offset - b.offset)
    const fresh = inOrder.filter(({ offset }, i) => offset > end && offset !== inOrder[i - 1]?.offset)
    if (fresh.length === 0) return []
    const views = fresh.map(({ view }) => view)
    const [hours, pages] = [hoursAmong(views), [...new Set(views.map(({ page }) => page))]]
    const [from, to] = [end + 1, fresh.at(-1)!.offset]
    return [{ _id: `${source}:${from}`, source, from, to, hours, pages, savedAt, views }]
  }

  private async learnEnds(sources: readonly string[]): Promise<void> {
    if (this.ends.size > MAX_KNOWN) this.ends.clear()
    for (const source of sources) {
      if (!this.ends.has(source)) this.ends.set(source, await this.endOf(source))
    }
  }
}

interface OriginGroup {
  readonly _id: Omit<Origin, 'views'>
  readonly views: number
}

const originOfView = { referrer: '$views.referrer', country: '$views.country' }

const isPersonOn = (page: string) => ({
  $and: [{ $eq: ['$$this.page', { $literal: page }] }, { $eq: ['$$this.kind', PERSON] }],
})

const placeAmong = (times: readonly LoggedTime[]) => ({
  $switch: {
    branches: times.map(({ from, to, savedBy }, place) => ({
      case: {
        $and: [{ $gte: ['$views.at', from] }, { $lt: ['$views.at', to] }, { $lte: ['$savedAt', savedBy] }],
      },
      then: place,
    })),
    default: null,
  },
})

const isInOrder = (placed: readonly PlacedView[]): boolean =>
  placed.every(({ offset }, i) => i === 0 || placed[i - 1]!.offset <= offset)
