import { about, Connection, keptForEver, makeIndexes, PersonalData } from '@mpics/mongo'
import { Clock } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { type Model, Schema } from 'mongoose'
import { AnalyticsConfig } from '../config.js'
import { type HourFile, type HourTable, keyOf } from './hour-file.js'

const schema = new Schema(
  {
    ...{ _id: String, table: String, hour: Date, notes: Number, dueSince: Date, isErasing: Boolean },
    ...{ etag: { type: String, default: null }, writtenAt: { type: Date, default: null } },
  },
  { versionKey: false, autoCreate: false, strict: 'throw' },
)
schema.index({ dueSince: 1 }, { sparse: true })
schema.index({ isErasing: 1 }, { sparse: true })
schema.index({ table: 1, hour: 1 })

const technical = about.technical('trend-analysis')
const fields = {
  ...{ _id: technical, table: technical, hour: technical, notes: technical, dueSince: technical },
  ...{ isErasing: technical, etag: technical, writtenAt: technical },
}
const EVER = new Date(0)

/**
 * Says of each object of the lake whether it lags behind. Whoever changes an hour notes it; whoever writes the object reads the note
 * before the content, and takes it away only if none came meanwhile.
 */
@Injectable()
export class HourFilesRepository implements OnApplicationBootstrap {
  private readonly model: Model<HourFile>

  constructor(
    connection: Connection,
    personalData: PersonalData,
    private readonly config: AnalyticsConfig,
    private readonly clock: Clock,
  ) {
    this.model = connection.model('hour_files', schema, 'hour_files') as unknown as Model<HourFile>
    const impersonal = 'says which hours are stored as Parquet'
    personalData.register({ store: { collection: 'hour_files' }, impersonal, fields, ...keptForEver })
  }

  async onApplicationBootstrap(): Promise<void> {
    await makeIndexes(this.model)
  }

  /** An hour was closed. */
  async noteClosed(hour: Date): Promise<void> {
    await this.note('traffic-hourly', [hour])
    if (this.config.ANALYTICS_LAKE_VIEWS) await this.note('views', [hour])
  }

  async note(table: HourTable, hours: readonly Date[]): Promise<void> {
    if (hours.length === 0) return
    const writes = hours.map((hour) => ({
      updateOne: {
        filter: { _id: keyOf(table, hour) },
        update: { ...lagging(this.clock.now()), $setOnInsert: { table, hour, etag: null, writtenAt: null } },
        upsert: true,
      },
    }))
    await this.model.collection.bulkWrite(writes as never, { ordered: false })
  }

  /** Comes after the page was remembered as erased, and before its views are removed. */
  async noteErasure(hours: readonly Date[], begun: Date): Promise<void> {
    const stored = { table: 'views', hour: { $in: [...hours] } }
    await this.model.collection.updateMany(stored, { ...lagging(begun), $set: { isErasing: true } })
  }

  /** Objects that may still hold what was erased by erasures that had begun by then. */
  countErasing(begun: Date): Promise<number> {
    return this.model.countDocuments({ isErasing: true, dueSince: { $lte: begun } })
  }

  /** Those that lag behind, the longest first. */
  async *due(): AsyncIterable<HourFile> {
    yield* this.model
      .find({ dueSince: { $gt: EVER } })
      .sort({ dueSince: 1 })
      .lean<HourFile[]>()
      .cursor()
  }

  async *of(table: HourTable): AsyncIterable<HourFile> {
    yield* this.model.find({ table }).sort({ hour: 1 }).lean<HourFile[]>().cursor({ batchSize: 1_000 })
  }

  /** Leaves the note where another one came since the file was read. */
  async wrote({ _id, notes }: HourFile, etag: string | null): Promise<void> {
    const done = { $set: { etag, writtenAt: this.clock.now() }, $unset: { dueSince: 1, isErasing: 1 } }
    await this.model.collection.updateOne({ _id: _id as never, notes }, done)
  }

  async forgetBefore(table: HourTable, limit: Date): Promise<void> {
    await this.model.deleteMany({ table, hour: { $lt: limit } })
  }

  /** Since when the longest one lags behind. */
  async oldestDue(): Promise<Date | undefined> {
    const oldest = await this.model
      .findOne({ dueSince: { $gt: EVER } })
      .sort({ dueSince: 1 })
      .lean<HourFile>()
    return oldest?.dueSince
  }
}

const lagging = (since: Date) => ({ $inc: { notes: 1 }, $min: { dueSince: since } })
