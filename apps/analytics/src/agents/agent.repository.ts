import { about, Connection, keptForEver, makeIndexes, PersonalData } from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { type Model, Schema } from 'mongoose'
import type { Agent } from './agent.js'

type Stored = Omit<Agent, 'id'> & { _id: string }

const known = about.technical('administration')

const schema = new Schema(
  {
    _id: String,
    name: String,
    hash: String,
    createdAt: Date,
    expiresAt: Date,
    revokedAt: { type: Date, default: null },
  },
  { versionKey: false, autoCreate: false, strict: 'throw' },
)

schema.index({ revokedAt: 1 })

/** Its own document each; the first revocation stands. */
@Injectable()
export class AgentRepository implements OnApplicationBootstrap {
  private readonly model: Model<Stored>

  constructor(connection: Connection, personalData: PersonalData) {
    this.model = connection.model('agents', schema, 'agents') as unknown as Model<Stored>
    personalData.register({
      store: { collection: 'agents' },
      impersonal: 'companies that deliver page views, with hashes of their credentials',
      fields: {
        ...{ _id: known, name: known, createdAt: known, expiresAt: known, revokedAt: known },
        hash: about.secret('administration'),
      },
      ...keptForEver,
    })
  }

  async onApplicationBootstrap(): Promise<void> {
    await makeIndexes(this.model)
  }

  async insert({ id, ...fields }: Agent): Promise<void> {
    await this.model.create([{ _id: id, ...fields }])
  }

  async find(id: string): Promise<Agent | null> {
    const found = await this.model.findById(id).lean<Stored>()
    return found && agentOf(found)
  }

  /** Newest first: ids are in the order in which they were made. */
  async newest(most: number): Promise<Agent[]> {
    return (await this.model.find().sort({ _id: -1 }).limit(most).lean<Stored[]>()).map(agentOf)
  }

  live(now: Date): Promise<number> {
    return this.model.countDocuments({ revokedAt: null, expiresAt: { $gt: now } })
  }

  /** Ids of those that are good, the oldest first. */
  async oldestLive(now: Date, most: number): Promise<string[]> {
    const found = this.model
      .find({ revokedAt: null, expiresAt: { $gt: now } })
      .sort({ _id: 1 })
      .limit(most)
    return (await found.select({ _id: 1 }).lean<Stored[]>()).map(({ _id }) => _id)
  }

  async remove(id: string): Promise<void> {
    await this.model.deleteOne({ _id: id })
  }

  /** Of those that are revoked or have expired, the older ones make room. There are few in all. */
  async keepNewestEnded(most: number, now: Date): Promise<void> {
    const all = await this.model.find().sort({ _id: -1 }).lean<Stored[]>()
    const old = all.filter(({ revokedAt, expiresAt }) => revokedAt !== null || expiresAt <= now).slice(most)
    if (old.length > 0) await this.model.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } })
  }

  /** False when there is none. */
  async revoke(id: string, revokedAt: Date): Promise<boolean> {
    const { modifiedCount } = await this.model.updateOne({ _id: id, revokedAt: null }, { $set: { revokedAt } })
    return modifiedCount === 1 || (await this.model.exists({ _id: id })) !== null
  }
}

const agentOf = ({ _id, ...fields }: Stored): Agent => ({ id: _id, ...fields })
