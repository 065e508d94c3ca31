import {
  about,
  Connection,
  makeIndexes,
  minutes,
  ownedDocuments,
  PersonalData,
  ttlKeys,
  ttlSeconds,
} from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { type Model, Schema } from 'mongoose'
import { MAX_TRIES, type PendingLogIn } from './pending-log-in.js'

type PendingDocument = Omit<PendingLogIn, 'id'> & { _id: string }

const RETENTION = minutes(10).after('the password was proved').endsAt('expiresAt')

const schema = new Schema<PendingDocument>(
  {
    _id: String,
    accountId: String,
    credentials: String,
    sharedComputer: Boolean,
    asCookie: Boolean,
    knownBrowserHash: String,
    tries: Number,
    expiresAt: Date,
  },
  { versionKey: false, id: false, autoIndex: false, autoCreate: false },
)
  .index({ accountId: 1, expiresAt: -1 }, { name: 'newest' })
  .index(ttlKeys(RETENTION), { name: 'expired', expireAfterSeconds: ttlSeconds(RETENTION) })

const technical = about.technical('security')
const fields = {
  _id: about.identifier('security'),
  accountId: about.identifier('security'),
  credentials: about.secret('security', 'a fingerprint of the credentials that were right'),
  sharedComputer: technical,
  asCookie: technical,
  knownBrowserHash: about.secret('security', 'a keyed hash'),
  tries: technical,
  expiresAt: technical,
}

const modelOn = (connection: Connection): Model<PendingDocument> =>
  connection.model<PendingDocument>('pending_log_ins', schema, 'pending_log_ins')

/** Whoever knows a password may begin so many log-ins at once; older ones end. */
const MAX_OF_ACCOUNT = 20

@Injectable()
export class PendingLogInRepository implements OnApplicationBootstrap {
  private readonly model: ReturnType<typeof modelOn>

  constructor(connection: Connection, personalData: PersonalData) {
    this.model = modelOn(connection)
    personalData.register(
      ownedDocuments(this.model, {
        subject: 'the account whose id is `accountId`',
        purpose: 'security',
        ...RETENTION,
        fields,
        owners: ['accountId'],
        exported: ({ sharedComputer, expiresAt }) => ({ sharedComputer, expiresAt }),
      }),
    )
  }

  async onApplicationBootstrap(): Promise<void> {
    await makeIndexes(this.model)
  }

  async insert({ id, ...pending }: PendingLogIn): Promise<void> {
    const { accountId } = pending
    await this.model.create([{ _id: id, ...pending }])
    const beyond = this.model.find({ accountId }, { _id: 1 }).sort({ expiresAt: -1 }).skip(MAX_OF_ACCOUNT)
    const ids = (await beyond.lean()).map(({ _id }) => _id)
    if (ids.length > 0) await this.model.deleteMany({ _id: { $in: ids } })
  }

  /** Counts a try when it starts, so that tries at once do not evade the limit. Null: expired, used, or tried too often. */
  async try(id: string, now: Date): Promise<PendingLogIn | null> {
    const usable = { _id: id, expiresAt: { $gt: now }, tries: { $lt: MAX_TRIES } }
    const found = await this.model.findOneAndUpdate(usable, { $inc: { tries: 1 } }).lean<PendingDocument>()
    if (!found) return null
    const { _id, ...rest } = found
    return { id: _id, ...rest }
  }

  /** Resolves to false when another request has taken it. */
  async take(id: string): Promise<boolean> {
    return (await this.model.deleteOne({ _id: id })).deletedCount === 1
  }
}
