import { createHash } from 'node:crypto'
import type { Decision } from '@mpics/contracts'
import { type AggregateIndex, AggregateStore, Outbox } from '@mpics/eventing'
import {
  about,
  Connection,
  days,
  isDuplicateKey,
  type Page,
  type PageRequest,
  paginate,
  PersonalData,
  ttlKeys,
  ttlSeconds,
} from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { Schema } from 'mongoose'
import type { Erasure } from './erasure.js'
import { ErasureNotFoundError } from './erasure.errors.js'

const text = { type: String, required: true }
const time = { type: Date, required: true }
const count = { type: Number, required: true }
const within = { _id: false, id: false }
const schema = {
  accountHash: text,
  cause: text,
  acts: [new Schema({ act: text, reason: text, at: time }, within)],
  begunAt: time,
  parts: [new Schema({ service: text, documents: count, objects: count, finishedAt: time }, within)],
  finishedAt: { type: Date, default: null },
  receipt: { type: String, default: null },
  mail: { type: new Schema({ sealed: text, dueAt: time, attempts: count, until: time }, within), default: null },
}

const RETENTION = days(400)
  .after('it was finished')
  .or('for the address: until the last mail is sent, 48 hours at most')
  .beginsAt('finishedAt')
const counted = about.technical('account')
const fields = {
  _id: about.identifier('account', 'leads to no account once the erasure has ended'),
  accountHash: about.identifier('account', 'a hash of the random id of the account'),
  cause: counted,
  acts: { act: about.technical('administration'), reason: about.technical('administration'), at: counted },
  begunAt: counted,
  parts: { service: counted, documents: counted, objects: counted, finishedAt: counted },
  finishedAt: counted,
  receipt: about.technical('account', 'a signed statement of what was erased; it names nobody'),
  mail: {
    sealed: about.secret('account', 'address, handle, language and time zone, sealed until the last mail is sent'),
    dueAt: counted,
    attempts: counted,
    until: counted,
  },
}
const MAILED = { 'mail.dueAt': { $type: 'date' } } as const
const indexes: AggregateIndex[] = [
  { name: 'account', keys: { accountHash: 1 }, unique: true },
  { name: 'open', keys: { finishedAt: 1, begunAt: 1 } },
  { name: 'mail', keys: { 'mail.dueAt': 1 }, partial: MAILED },
  { name: 'address', keys: { 'mail.until': 1 }, sparse: true },
  { name: 'latest', keys: { begunAt: -1, _id: -1 } },
  { name: 'forget', keys: ttlKeys(RETENTION), expireAfterSeconds: ttlSeconds(RETENTION) },
]

/** Whoever knows the random id can find the erasure; nobody finds the id. */
export const hashOfAccount = (accountId: string): string =>
  createHash('sha256').update(`account ${accountId}`).digest('base64url')

@Injectable()
export class ErasureRepository {
  private readonly store: AggregateStore<Erasure>

  constructor(connection: Connection, outbox: Outbox, personalData: PersonalData) {
    this.store = new AggregateStore<Erasure>(connection, { collection: 'erasures', schema, indexes, outbox })
    personalData.register({
      store: { collection: 'erasures' },
      subject: 'whoever has the address that is sealed in `mail`; the hash of the account’s id leads to nobody',
      purpose: 'account',
      ...RETENTION,
      fields,
      // the erasure itself needs it
      erase: () => Promise.resolve({ erased: 0, waiting: 0 }),
      export: (accountId) => this.export(accountId),
    })
  }

  /** The one erasure of an account: a process may have died since it was opened. */
  async open(fresh: Decision<Erasure>): Promise<Erasure> {
    const { accountHash } = fresh.state
    const known = await this.store.findOne({ accountHash })
    if (known) return known
    try {
      await this.store.insert(fresh)
      return fresh.state
    } catch (error) {
      const other = isDuplicateKey(error, 'account') && (await this.store.findOne({ accountHash }))
      if (other) return other
      throw error
    }
  }

  async get(id: string): Promise<Erasure> {
    const erasure = await this.store.find(id)
    if (!erasure) throw new ErasureNotFoundError()
    return erasure
  }

  change(id: string, transition: (erasure: Erasure) => Decision<Erasure>): Promise<Erasure> {
    return this.store.change(id, transition, () => new ErasureNotFoundError())
  }

  changeMany(ids: readonly string[], transition: (erasure: Erasure) => Decision<Erasure>): Promise<Erasure[]> {
    return this.store.changeMany(ids, transition)
  }

  /** One that never began. */
  async drop(id: string): Promise<void> {
    await this.store.purge(id)
  }

  countOpenSince(time: Date): Promise<number> {
    return this.store.model.countDocuments({ finishedAt: null, begunAt: { $lte: time } })
  }

  idsOfDueMails(now: Date, most: number): Promise<string[]> {
    const due = { 'mail.dueAt': { $lte: now, $type: 'date' }, finishedAt: { $ne: null } }
    return this.ids(due, { 'mail.dueAt': 1 }, most)
  }

  idsOfOldAddresses(now: Date, most: number): Promise<string[]> {
    return this.ids({ 'mail.until': { $lte: now } }, { 'mail.until': 1 }, most)
  }

  async page(page: PageRequest, openOnly: boolean): Promise<Page<Erasure>> {
    const filter = openOnly ? { finishedAt: null } : {}
    const sort = { begunAt: -1, _id: -1 } as const
    const { items, nextCursor } = await paginate(this.store.model, { list: ['erasures'], filter, sort, page })
    return { items: items.map((stored) => this.store.stateOf(stored as never)), nextCursor }
  }

  private async ids(filter: object, sort: Record<string, 1>, most: number): Promise<string[]> {
    const found = this.store.model
      .find(filter as never, { _id: 1 })
      .sort(sort)
      .limit(most)
    return (await found.lean<{ _id: string }[]>()).map(({ _id }) => _id)
  }

  private async *export(accountId: string): AsyncIterable<Readonly<Record<string, unknown>>> {
    const erasure = await this.store.findOne({ accountHash: hashOfAccount(accountId) })
    if (erasure) yield { begunAt: erasure.begunAt, finishedAt: erasure.finishedAt }
  }
}
