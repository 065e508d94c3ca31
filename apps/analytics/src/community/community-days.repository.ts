import { about, Connection, keptForEver, makeIndexes, PersonalData } from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { type Model, Schema } from 'mongoose'

export interface CommunityDay {
  /** The day. */
  _id: string
  /** By metric. */
  counts: Record<string, number>
  /** How often facts of the day came. */
  touches: number
  /** Facts have come since it was counted last. */
  isOpen: boolean
}

const fact = about.technical('trend-analysis')

const schema = new Schema(
  { _id: String, counts: Schema.Types.Mixed, touches: Number, isOpen: Boolean },
  { versionKey: false, autoCreate: false, minimize: false, strict: 'throw' },
)
schema.index({ isOpen: 1, _id: 1 })

/** What happened on each day, for ever. */
@Injectable()
export class CommunityDaysRepository implements OnApplicationBootstrap {
  private readonly model: Model<CommunityDay>

  constructor(connection: Connection, personalData: PersonalData) {
    this.model = connection.model('community_days', schema, 'community_days') as unknown as Model<CommunityDay>
    personalData.register({
      store: { collection: 'community_days' },
      impersonal: 'how many registered, followed, uploaded, … on a day',
      fields: { _id: fact, counts: { '*': fact }, touches: fact, isOpen: fact },
      ...keptForEver,
    })
  }

  async onApplicationBootstrap(): Promise<void> {
    await makeIndexes(this.model)
  }

  async touch(days: readonly string[]): Promise<void> {
    const writes = [...new Set(days)].map((day) => ({
      updateOne: {
        filter: { _id: day },
        update: { $inc: { touches: 1 }, $set: { isOpen: true }, $setOnInsert: { counts: {} } },
        upsert: true,
      },
    }))
    await this.model.collection.bulkWrite(writes as never, { ordered: false })
  }

  /** Days of which facts have come since they were counted, at most `most`. */
  changed(most: number): Promise<CommunityDay[]> {
    return this.model.find({ isOpen: true }).sort({ _id: 1 }).limit(most).lean<CommunityDay[]>()
  }

  /** The day stays open if facts have come meanwhile. Its facts end after a time, what they were counted to does not: no count is lowered. */
  async keep({ _id, touches }: CommunityDay, counts: Readonly<Record<string, number>>): Promise<void> {
    const least = Object.fromEntries(Object.entries(counts).map(([metric, count]) => [`counts.${metric}`, count]))
    const writes = [
      { updateOne: { filter: { _id }, update: { $max: least } } },
      { updateOne: { filter: { _id, touches }, update: { $set: { isOpen: false } } } },
    ]
    await this.model.collection.bulkWrite(writes as never)
  }

  /** From the first day to the last, both among them. */
  between(from: string, to: string): Promise<CommunityDay[]> {
    return this.model
      .find({ _id: { $gte: from, $lte: to } })
      .sort({ _id: 1 })
      .lean<CommunityDay[]>()
  }

  async first(): Promise<string | undefined> {
    return (await this.model.findOne().sort({ _id: 1 }).select({ _id: 1 }).lean<CommunityDay>())?._id
  }
}
