import {
  about,
  ConcurrentChangeError,
  Connection,
  days,
  isDuplicateKey,
  makeIndexes,
  PersonalData,
  ttlKeys,
  ttlSeconds,
} from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { LRUCache } from 'lru-cache'
import { type Model, Schema } from 'mongoose'
import { countRequests, type RequestHour, type RouteCount, type ServedRequest } from './request-hour.js'

type Stored = Omit<RequestHour, 'id'> & { _id: string }

/** Thirteen months. */
const RETENTION = days(397).after('the hour').beginsAt('hour')
const fact = about.technical('diagnosis')
const MAX_KNOWN = 100
const NOTHING = -1

const schema = new Schema(
  { _id: String, hour: Date, source: String, offset: Number, routes: Schema.Types.Mixed },
  { versionKey: false, autoCreate: false, minimize: false, strict: 'throw' },
)
schema.index(ttlKeys(RETENTION), { expireAfterSeconds: ttlSeconds(RETENTION) })

/** One document an hour and partition; a write rests on the offset that it found. */
@Injectable()
export class RequestHoursRepository implements OnApplicationBootstrap {
  private readonly model: Model<Stored>
  private readonly known = new LRUCache<string, RequestHour>({ max: MAX_KNOWN })

  constructor(connection: Connection, personalData: PersonalData) {
    this.model = connection.model('request_hours', schema, 'request_hours') as unknown as Model<Stored>
    personalData.register({
      store: { collection: 'request_hours' },
      impersonal: 'how often routes answered, and how fast; no path, no browser and no account',
      fields: { _id: fact, hour: fact, source: fact, offset: fact, routes: { '*': fact } },
      ...RETENTION,
    })
  }

  async onApplicationBootstrap(): Promise<void> {
    await makeIndexes(this.model)
  }

  /** On `ConcurrentChangeError` somebody else has counted: a repeat counts what is left. */
  async count(hour: Date, source: string, requests: readonly ServedRequest[]): Promise<void> {
    const id = `${hour.toISOString()} ${source}`
    const current = this.known.get(id) ?? (await this.find(id)) ?? { id, hour, source, offset: NOTHING, routes: [] }
    const next = countRequests(current, requests)
    if (next === current) return
    this.known.delete(id)
    const { id: _, ...fields } = next
    const done = await this.model.collection
      .updateOne({ _id: id, offset: current.offset } as never, { $set: fields }, { upsert: current.offset === NOTHING })
      .catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error
        return { matchedCount: 0, upsertedCount: 0 }
      })
    if (done.matchedCount + done.upsertedCount !== 1)
      throw new ConcurrentChangeError('request_hours', id, current.offset)
    this.known.set(id, next)
  }

  async *between(from: Date, to: Date): AsyncIterable<readonly RouteCount[]> {
    const found = this.model.find({ hour: { $gte: from, $lt: to } }).lean<Stored[]>()
    for await (const { routes } of found.cursor({ batchSize: 50 }) as AsyncIterable<Stored>) yield routes
  }

  private async find(id: string): Promise<RequestHour | null> {
    const found = await this.model.findById(id).lean<Stored>()
    if (!found) return null
    const { _id, ...fields } = found
    return { id: _id, ...fields }
  }
}
