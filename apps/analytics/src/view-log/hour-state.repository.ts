import { about, Connection, days, makeIndexes, PersonalData, ttlKeys, ttlSeconds } from '@mpics/mongo'
import { Clock } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { LRUCache } from 'lru-cache'
import { type Model, Schema } from 'mongoose'
import { hourOf, hoursFrom } from './logged-view.js'

export interface HourState {
  _id: string
  hour: Date
  /** Views came for it since it was closed, or it never was. */
  isOpen: boolean
  /** Grows with views that come. */
  touches: number
  closedAt: Date | null
  /** When the first of its views was saved; an earlier release did not note it. */
  loggedFrom?: Date
}

export const HOUR_RETENTION_DAYS = 397
/** The next hour has to pass as well, since sessions go on in it; and five minutes, for what is late. */
const CLOSES_AFTER_HOURS = 2
const LATE_MS = 5 * 60_000
const MAX_RECENT = 1_000

const RETENTION = days(HOUR_RETENTION_DAYS).after('the hour').beginsAt('hour')

const schema = new Schema(
  {
    _id: String,
    hour: Date,
    isOpen: Boolean,
    touches: Number,
    closedAt: { type: Date, default: null },
    loggedFrom: Date,
  },
  { versionKey: false, autoCreate: false, strict: 'throw' },
)
const counted = about.technical('trend-analysis')
const fields = {
  _id: counted,
  hour: counted,
  isOpen: counted,
  touches: counted,
  closedAt: counted,
  loggedFrom: counted,
}

schema.index({ isOpen: 1, hour: 1 })
schema.index(ttlKeys(RETENTION), { expireAfterSeconds: ttlSeconds(RETENTION) })

/** The log, which begins then, holds all views of the hour: what was counted from others cannot be counted again. */
export const isHeldSince = (begin: Date | null, { loggedFrom, closedAt, hour }: HourAge): boolean =>
  begin !== null && (loggedFrom ?? closedAt ?? hour) >= begin

type HourAge = Pick<HourState, 'hour' | 'closedAt' | 'loggedFrom'>

/** The last hour that may be closed by now. */
export const lastClosable = (now: Date): Date => hoursFrom(new Date(now.getTime() - LATE_MS), -CLOSES_AFTER_HOURS)

/** Says of each hour whether its counts are final. Views that come later open it again. */
@Injectable()
export class HourStateRepository implements OnApplicationBootstrap {
  private readonly model: Model<HourState>
  private readonly touched = new LRUCache<number, true>({ max: MAX_RECENT })

  constructor(
    connection: Connection,
    personalData: PersonalData,
    private readonly clock: Clock,
  ) {
    this.model = connection.model('hour_states', schema, 'hour_states') as unknown as Model<HourState>
    const impersonal = 'says which hours are counted'
    personalData.register({ store: { collection: 'hour_states' }, impersonal, fields, ...RETENTION })
  }

  async onApplicationBootstrap(): Promise<void> {
    await makeIndexes(this.model)
  }

  /** One note does for the hour that is still going on, long before it may close. `savedAt`: of the views that came. */
  async touch(hours: readonly Date[], savedAt?: Date): Promise<void> {
    const current = hourOf(this.clock.now()).getTime()
    const times = [...new Set(hours.map((hour) => hour.getTime()))]
    const news = times.filter((time) => time < current || !this.touched.has(time))
    if (news.length === 0) return
    await this.model.collection.bulkWrite(news.map((time) => touchOf(time, savedAt)) as never, { ordered: false })
    for (const time of news) this.touched.set(time, true)
  }

  /** Hours that may be closed now, the oldest first. */
  due(most: number): Promise<HourState[]> {
    return this.model
      .find({ isOpen: true, hour: { $lte: lastClosable(this.clock.now()) } })
      .sort({ hour: 1 })
      .limit(most)
      .lean<HourState[]>()
  }

  /** Hours from this one on for which views came, the oldest first. */
  from(from: Date): Promise<HourState[]> {
    return this.model
      .find({ hour: { $gte: from } })
      .sort({ hour: 1 })
      .lean<HourState[]>()
  }

  /** Some hours from this one on that are closed, and were not before the log began; by chance. */
  someClosed(from: Date, logBegin: Date, most: number): Promise<HourState[]> {
    return this.model.aggregate<HourState>([
      { $match: { isOpen: false, hour: { $gte: from }, closedAt: { $gte: logBegin } } },
      { $sample: { size: most } },
    ])
  }

  /** It was not opened since. */
  async isStill({ _id, touches }: HourState): Promise<boolean> {
    return (await this.model.exists({ _id, touches, isOpen: false })) !== null
  }

  /** How many of these hours have views that are in no closed count. */
  countOpen(hours: readonly Date[]): Promise<number> {
    return this.model.countDocuments({ hour: { $in: [...hours] }, isOpen: true })
  }

  /** False when views came meanwhile: the hour stays open. */
  async close({ _id, touches }: HourState): Promise<boolean> {
    const closedAt = this.clock.now()
    const { modifiedCount } = await this.model.updateOne({ _id, touches }, { $set: { isOpen: false, closedAt } })
    return modifiedCount === 1
  }

  /** Its counts stay, as of when it was closed before. */
  async leave({ _id, touches }: HourState): Promise<void> {
    await this.model.updateOne({ _id, touches }, { $set: { isOpen: false } })
  }

  async *closed(): AsyncIterable<HourState> {
    yield* this.model.find({ isOpen: false }).sort({ hour: 1 }).lean<HourState[]>().cursor({ batchSize: 1_000 })
  }

  /** The time up to which all counts are final. */
  async closedUntil(now: Date): Promise<Date> {
    const first = await this.model.collection.findOne<HourState>({ isOpen: true }, { sort: { hour: 1 } })
    const limit = hourOf(hoursFrom(lastClosable(now), 1))
    return first && first.hour < limit ? first.hour : limit
  }
}

const touchOf = (time: number, savedAt?: Date) => ({
  updateOne: {
    filter: { _id: new Date(time).toISOString() },
    update: [
      {
        $set: {
          hour: new Date(time),
          isOpen: true,
          touches: { $add: [{ $ifNull: ['$touches', 0] }, 1] },
          closedAt: { $ifNull: ['$closedAt', null] },
          // where no first view was noted, the hour was closed by views that came before
          ...(savedAt && { loggedFrom: { $min: ['$loggedFrom', '$closedAt', savedAt] } }),
        },
      },
    ],
    upsert: true,
  },
})
