import {
  about,
  Connection,
  hours,
  isDuplicateKey,
  makeIndexes,
  ownedDocuments,
  PersonalData,
  ttlSeconds,
} from '@mpics/mongo'
import { Injectable, Optional } from '@nestjs/common'
import { type Model, Schema } from 'mongoose'

export interface KeptAnswer {
  status: number
  body: unknown
  location?: string
}

export interface IdempotencyEntry {
  /** Keyed hash of key, route and account; of the body too where nobody is logged in. */
  _id: string
  accountId: string | null
  /** Keyed hash of the body. */
  bodyHash: string
  /** Both hashes under each key, so that replicas with other keys know the entry. */
  ids?: string[]
  bodyHashes?: string[]
  /** Of a body that comes as a stream: keyed hashes of each part that came, under each key. */
  parts?: Record<string, string[]>
  /** The first request counts as running until then; afterwards another may take it over. */
  leaseUntil: Date
  answer?: KeptAnswer
  expiresAt: Date
}

const RETENTION = hours(24).after('the call').endsAt('expiresAt')

const schema = new Schema<IdempotencyEntry>(
  {
    _id: { type: String, required: true },
    ids: { type: [String], default: undefined, index: { unique: true, sparse: true } },
    bodyHashes: { type: [String], default: undefined },
    accountId: { type: String, default: null, index: true },
    bodyHash: { type: String, required: true },
    leaseUntil: { type: Date, required: true },
    parts: { type: Schema.Types.Mixed },
    answer: { type: Schema.Types.Mixed },
    expiresAt: { type: Date, required: true, index: { expireAfterSeconds: ttlSeconds(RETENTION) } },
  },
  { versionKey: false, minimize: false },
)

const technical = about.technical('delivery')
const hash = about.secret('delivery', 'a keyed hash')
const fields = {
  _id: hash,
  ids: hash,
  bodyHashes: hash,
  accountId: about.identifier('delivery'),
  bodyHash: hash,
  leaseUntil: technical,
  parts: { '*': hash },
  answer: {
    status: technical,
    location: about.identifier('delivery'),
    body: { '*': about.personal('delivery', 'as it was answered: the API states each of its fields') },
  },
  expiresAt: technical,
}

/** An erasure looks for the call that made an account, too. */
schema.index({ 'answer.body.id': 1 }, { sparse: true })

const NAME = '_idempotency'

@Injectable()
export class IdempotencyRepository {
  constructor(
    @Optional() private readonly connection?: Connection,
    @Optional() personalData?: PersonalData,
  ) {
    if (!connection) return
    personalData?.register(
      ownedDocuments(this.entries, {
        subject: 'the account whose call it was, `accountId`, or that the call made, `answer.body.id`',
        purpose: 'delivery',
        ...RETENTION,
        fields,
        owners: ['accountId', 'answer.body.id'],
        exported: ({ answer, expiresAt }) => ({ answeredWith: (answer as KeptAnswer | undefined)?.status, expiresAt }),
      }),
    )
  }

  private get entries(): Model<IdempotencyEntry> {
    if (!this.connection) throw new TypeError('A service without a database cannot take an Idempotency-Key.')
    const known = this.connection.models[NAME] as Model<IdempotencyEntry> | undefined
    return known ?? this.connection.model<IdempotencyEntry>(NAME, schema, NAME)
  }

  /** Makes the indexes; without them no entry would expire. */
  async prepare(): Promise<void> {
    if (this.connection) await makeIndexes(this.entries)
  }

  /** False when the key is known already. */
  async add(entry: IdempotencyEntry): Promise<boolean> {
    try {
      await this.entries.create(entry)
      return true
    } catch (error) {
      if (isDuplicateKey(error)) return false
      throw error
    }
  }

  async find(ids: string[]): Promise<IdempotencyEntry | null> {
    return this.entries.findOne({ $or: [{ _id: { $in: ids } }, { ids: { $in: ids } }] }).lean<IdempotencyEntry>()
  }

  /** Takes over an entry with an expired lease; false when another request was faster. */
  async takeOver(entry: IdempotencyEntry, leaseUntil: Date): Promise<boolean> {
    const same = { _id: entry._id, leaseUntil: entry.leaseUntil, answer: { $exists: false } }
    const { modifiedCount } = await this.entries.updateOne(same, { $set: { leaseUntil } })
    return modifiedCount === 1
  }

  async extendLease(id: string, from: Date, leaseUntil: Date): Promise<boolean> {
    const { matchedCount } = await this.entries.updateOne({ _id: id, leaseUntil: from }, { $set: { leaseUntil } })
    return matchedCount === 1
  }

  /** Notes a part of the body; false when another came before. */
  async notePart(id: string, part: string, hashes: readonly string[]): Promise<boolean> {
    const path = `parts.${part}`
    const same = { _id: id, $or: [{ [path]: { $exists: false } }, { [path]: { $in: hashes } }] }
    const { matchedCount } = await this.entries.updateOne(same, { $set: { [path]: hashes } })
    return matchedCount === 1
  }

  async keepAnswer(id: string, answer: KeptAnswer): Promise<void> {
    await this.entries.updateOne({ _id: id }, { $set: { answer } })
  }

  /** Lets a repeat begin at once, as the same call: this attempt may or may not have changed something. */
  async endLease(id: string): Promise<void> {
    await this.entries.updateOne({ _id: id, answer: { $exists: false } }, { $set: { leaseUntil: new Date(0) } })
  }

  /** Forgets a refused attempt that has changed nothing. */
  async release(id: string): Promise<void> {
    await this.entries.deleteOne({ _id: id, answer: { $exists: false } })
  }

  /** Forgets an account's own calls, and the call that made it. */
  async eraseAccount(accountId: string): Promise<void> {
    await this.entries.deleteMany({ $or: [{ accountId }, { 'answer.body.id': accountId }] })
  }
}
