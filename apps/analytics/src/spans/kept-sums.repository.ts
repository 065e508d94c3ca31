import { type Connection, days, makeIndexes, type PersonalData, ttlKeys, ttlSeconds } from '@mpics/mongo'
import { type Model, Schema, type SchemaDefinition } from 'mongoose'
import { OF_PAGES } from '../counts/dimension.js'
import { profilePageOf } from '../tallies/profile-page.js'
import { HOUR_RETENTION_DAYS } from '../view-log/hour-state.repository.js'
import { isOfDays, type Span } from './span.js'

/** So much room is free for what is asked for next. */
const FREE_SHARE = 0.1
const SLICE = 1_000

/** What is added up ends as what it is made of does. */
const RETENTION = days(HOUR_RETENTION_DAYS)
  .after('its first hour, or after it was counted where it is made of whole days')
  .or('until the account is erased')
  .beginsAt('since')

interface KeptSum {
  _id: string
  since: Date
}

interface Definition {
  collection: string
  /** The field that names the page, or the pages, that a document counts. */
  page: string
  schema: SchemaDefinition
  subject: string
  fields: Parameters<PersonalData['register']>[0]['fields']
  /** So many documents at most. */
  max: number
}

/** A collection of what closed hours add up to. It is bounded: what is not there is added up again by whoever asks. */
export class KeptSums<T extends KeptSum> {
  readonly model: Model<T>
  max: number
  private readonly page: string

  constructor(connection: Connection, personalData: PersonalData, { collection, page, max, ...sums }: Definition) {
    const schema = new Schema(sums.schema, { versionKey: false, autoCreate: false, strict: 'throw' })
    schema.index({ [page]: 1, dimension: 1 })
    schema.index(ttlKeys(RETENTION), { expireAfterSeconds: ttlSeconds(RETENTION) })
    this.model = connection.model(collection, schema, collection) as unknown as Model<T>
    this.page = page
    this.max = max
    personalData.register({
      ...{ store: { collection }, subject: sums.subject, fields: sums.fields },
      purpose: 'trend-analysis',
      ...RETENTION,
      erase: async (accountId) => ({ erased: await this.erasePage(profilePageOf(accountId)), waiting: 0 }),
      // the counts that these are sums of are in the export
      export: async function* () {},
    })
  }

  makeIndexes(): Promise<void> {
    return makeIndexes(this.model)
  }

  async hasRoom(): Promise<boolean> {
    return (await this.model.estimatedDocumentCount()) < this.max
  }

  /** Forgets those that would end next, some at a time. */
  async makeRoom(stopping: AbortSignal): Promise<void> {
    const sums = this.model as unknown as Model<KeptSum>
    while (!stopping.aborted) {
      const surplus = (await sums.estimatedDocumentCount()) - Math.floor(this.max * (1 - FREE_SHARE))
      if (surplus <= 0) return
      const next = sums.find().sort({ since: 1 }).limit(Math.min(surplus, SLICE)).select({ _id: 1 })
      const ids = (await next.lean<KeptSum[]>()).map(({ _id }) => _id)
      if (ids.length === 0) return
      await sums.deleteMany({ _id: { $in: ids } })
    }
  }

  async erasePage(page: string): Promise<number> {
    const ofPage = { [this.page]: page, dimension: { $in: OF_PAGES } }
    return (await this.model.deleteMany(ofPage as never)).deletedCount
  }
}

export const sinceOf = (time: Pick<Span, 'from' | 'to'>, now: Date): Date => (isOfDays(time) ? now : time.from)
