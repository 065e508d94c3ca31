import { about, Connection, days, makeIndexes, PersonalData, ttlKeys, ttlSeconds } from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { type Model, Schema } from 'mongoose'
import { COUNTED_DAYS, type CommunityFact } from './community-fact.js'

interface StoredFact {
  _id: string
  metric: string
  /** Beginning of the day. */
  at: Date
}

/** Longer than any fact of the day is counted: a day is never counted again without some of its facts. */
const RETENTION = days(COUNTED_DAYS + 2)
  .after('the day')
  .beginsAt('at')
const technical = about.technical('trend-analysis')

const schema = new Schema(
  { _id: String, metric: String, at: Date },
  { versionKey: false, autoCreate: false, strict: 'throw' },
)
schema.index({ at: 1, metric: 1 })
schema.index(ttlKeys(RETENTION), { expireAfterSeconds: ttlSeconds(RETENTION) })

/** Keeps each fact once, however often its event comes. */
@Injectable()
export class CommunityFactsRepository implements OnApplicationBootstrap {
  private readonly model: Model<StoredFact>

  constructor(connection: Connection, personalData: PersonalData) {
    this.model = connection.model('community_facts', schema, 'community_facts') as unknown as Model<StoredFact>
    personalData.register({
      store: { collection: 'community_facts' },
      impersonal: 'that somebody registered, followed, uploaded, … on a day; neither who, nor whom or what',
      fields: {
        _id: about.technical('trend-analysis', 'the random id of the event, by which a repeat is known'),
        metric: technical,
        at: about.technical('trend-analysis', 'the day'),
      },
      ...RETENTION,
    })
  }

  async onApplicationBootstrap(): Promise<void> {
    await makeIndexes(this.model)
  }

  async keep(facts: readonly CommunityFact[]): Promise<void> {
    const writes = facts.map(({ id, metric, day }) => ({
      updateOne: { filter: { _id: id }, update: { $setOnInsert: { metric, at: new Date(day) } }, upsert: true },
    }))
    await this.model.collection.bulkWrite(writes as never, { ordered: false })
  }

  /** By metric, how many facts a day has. */
  async countOf(day: string): Promise<Record<string, number>> {
    const found = await this.model.aggregate<{ _id: string; count: number }>([
      { $match: { at: new Date(day) } },
      { $group: { _id: '$metric', count: { $sum: 1 } } },
    ])
    return Object.fromEntries(found.map(({ _id, count }) => [_id, count]))
  }
}
