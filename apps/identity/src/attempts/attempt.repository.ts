import {
  about,
  Connection,
  type Erasure,
  hours,
  isDuplicateKey,
  makeIndexes,
  PersonalData,
  ttlKeys,
  ttlSeconds,
} from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { type mongo, Schema } from 'mongoose'
import { AccountRepository } from '../accounts/account.repository.js'
import { AttemptKeys } from './attempt-keys.js'
import type { BackoffSchedule } from './backoff-schedule.js'
import { AT_ANY_TIME, forgetAt, oneMore } from './one-more.js'

interface AttemptDocument {
  _id: string
  count: number
  notBefore: Date
  forgetAt: Date
}

const RETENTION = hours(24).after('the last attempt').endsAt('forgetAt')

const schema = new Schema<AttemptDocument>(
  { _id: String, count: Number, notBefore: Date, forgetAt: Date },
  { versionKey: false, id: false, autoIndex: false, autoCreate: false },
).index(ttlKeys(RETENTION), { name: 'forget', expireAfterSeconds: ttlSeconds(RETENTION) })

const technical = about.technical('security')
const fields = {
  _id: about.secret('security', 'a keyed hash of the handle or address'),
  count: technical,
  notBefore: technical,
  forgetAt: technical,
}

const modelOn = (connection: Connection) => connection.model('attempts', schema, 'attempts')

/** Counts attempts in a row. An attempt counts when it starts, so that parallel attempts do not evade the limit. */
@Injectable()
export class AttemptRepository implements OnApplicationBootstrap {
  private readonly model: ReturnType<typeof modelOn>

  constructor(
    connection: Connection,
    personalData: PersonalData,
    private readonly accounts: AccountRepository,
    private readonly keys: AttemptKeys,
  ) {
    this.model = modelOn(connection)
    personalData.register({
      store: { collection: 'attempts' },
      subject: 'whoever has the handle or address whose keyed hash `_id` starts with',
      purpose: 'security',
      ...RETENTION,
      fields,
      erase: (accountId) => this.erase(accountId),
      export: (accountId) => this.export(accountId),
    })
  }

  async onApplicationBootstrap(): Promise<void> {
    await makeIndexes(this.model)
  }

  /** Each log-in writes here: mongoose's query would cost as much again as the driver's. */
  private get stored(): mongo.Collection<AttemptDocument> {
    return this.model.collection as unknown as mongo.Collection<AttemptDocument>
  }

  /** Counts one attempt in one atomic write. Resolves to the time of the next allowed attempt if this one is refused. */
  async admit(key: string, schedule: BackoffSchedule, now: Date): Promise<Date | undefined> {
    for (;;) {
      if (await this.count(key, schedule, now)) return undefined
      const stored = await this.model.findById(key).lean()
      if (stored && complete(stored).notBefore > now) return complete(stored).notBefore
      // Another attempt has inserted the document in the meantime; the next round counts in it.
    }
  }

  private async count(key: string, schedule: BackoffSchedule, now: Date): Promise<boolean> {
    const due = { _id: key, notBefore: { $not: { $gt: now } } }
    try {
      const counted = { $mergeObjects: ['$$ROOT', oneMore('$', schedule, now)] }
      await this.stored.updateOne(due, [{ $replaceWith: counted }], { upsert: true })
      return true
    } catch (error) {
      if (isDuplicateKey(error, '_id_')) return false
      throw error
    }
  }

  /** Undoes one admission, with the delay that it may have caused. */
  async withdraw(key: string): Promise<void> {
    await this.model.updateOne(
      { _id: key, count: { $gt: 0 } },
      { $inc: { count: -1 }, $set: { notBefore: AT_ANY_TIME } },
    )
  }

  async forget(keys: readonly string[]): Promise<void> {
    await this.stored.deleteMany({ _id: { $in: keys } })
  }

  /** Does not wait for a majority: a count that comes back after a failover is one attempt too many, and the next success ends it. */
  async forgetSoon(key: string): Promise<void> {
    await this.stored.deleteOne({ _id: key }, { writeConcern: { w: 1 } })
  }

  private async erase(accountId: string): Promise<Erasure> {
    const { deletedCount } = await this.model.deleteMany(await this.ofAccount(accountId))
    return { erased: deletedCount, waiting: 0 }
  }

  private async *export(accountId: string): AsyncIterable<Readonly<Record<string, unknown>>> {
    for await (const stored of this.model
      .find(await this.ofAccount(accountId))
      .lean()
      .cursor()) {
      const { count, notBefore, forgetAt } = complete(stored)
      yield { count, notBefore, forgetAt }
    }
  }

  /** The account leads to its attempts, so it must be erased after them. */
  private async ofAccount(accountId: string) {
    const account = await this.accounts.find(accountId)
    const keys = account ? this.keys.ofAccount(account) : []
    return { $or: [{ _id: { $in: keys } }, ...keys.map((key) => ({ _id: { $gte: `${key}.`, $lt: `${key}/` } }))] }
  }

  /** Writes without an effect on the count, where another kind of request would write. */
  async touch(key: string, now: Date): Promise<void> {
    await this.model.updateOne({ _id: key }, { $max: { forgetAt: forgetAt(now) } })
  }
}

/** Gives every field that was added later its default. */
const complete = (stored: Partial<AttemptDocument>) => ({ count: 0, notBefore: AT_ANY_TIME, ...stored })
