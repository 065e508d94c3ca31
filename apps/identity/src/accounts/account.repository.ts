import { type Decision, emailKeyOf } from '@mpics/contracts'
import { type AggregateIndex, AggregateStore, Outbox, type StoredAggregate } from '@mpics/eventing'
import {
  aggregateFew,
  Connection,
  isDuplicateKey,
  ownedDocuments,
  type Page,
  type PageRequest,
  paginate,
  PersonalData,
  untilErased,
} from '@mpics/mongo'
import { Injectable, type OnModuleInit } from '@nestjs/common'
import { Schema } from 'mongoose'
import type { Account } from './account.js'
import { AccountNotFoundError, EmailTakenError, HandleTakenError, PasskeyTakenError } from './account.errors.js'
import { accountFields } from './account-fields.js'
import { completeAccount } from './complete-account.js'
import { exportedAccount } from './exported-account.js'
import { handleKeyOf } from './handle.js'

const text = { type: String, required: true }
const time = { type: Date, required: true }
const link = { id: text, tokenHash: text, requestedAt: time, expiresAt: time }
const within = { _id: false, id: false }
const resetLink = new Schema(link, within)
const verificationLink = new Schema({ ...link, mailedAt: { type: Date, default: null } }, within)
const linkRequest = new Schema(link, within)
const optionalTime = { type: Date, default: null }
const emailChange = new Schema(
  {
    id: text,
    email: text,
    emailKey: text,
    requestedAt: time,
    sessionId: text,
    credentials: text,
    confirmation: linkRequest,
    freezing: linkRequest,
    noticeAt: optionalTime,
    confirmedAt: optionalTime,
    frozenAt: optionalTime,
    decision: { type: String, default: null },
    endsAt: time,
  },
  within,
)
const grant = new Schema(
  {
    role: text,
    by: { type: String, default: null },
    why: { type: String, default: null },
    since: time,
    until: { type: Date, default: null },
    ended: { type: new Schema({ by: text, why: text }, within), default: null },
  },
  within,
)

const closure = new Schema({ requestedAt: time, erasesAt: time }, within)
const author = { type: String, default: null }
const lock = new Schema(
  {
    id: text,
    reason: text,
    by: author,
    at: time,
    objection: new Schema(link, within),
    objectedAt: { type: Date, default: null },
    approvedBy: author,
    dueAt: { type: Date, default: null },
  },
  within,
)
const erasure = new Schema({ id: text, begunAt: time }, within)
const lockEntry = new Schema({ act: text, reason: text, note: author, by: author, at: time }, within)

const schema = {
  handle: text,
  handleKey: text,
  email: text,
  emailKey: text,
  emailVerifiedAt: { type: Date, default: null },
  passwordHash: text,
  passwordChangedAt: time,
  credentialVersion: { type: Number, required: true },
  credentialsMovedAt: time,
  credentialsMovedBy: { type: String, default: null },
  locale: text,
  timeZone: text,
  grants: { type: [grant], required: true },
  rolesVersion: { type: Number, required: true },
  accepted: { terms: text, privacy: text },
  acceptances: [new Schema({ document: text, version: text, at: time, where: text }, within)],
  ageCheckedAt: time,
  registeredAt: time,
  fullName: { type: String, default: null },
  verification: { type: verificationLink, default: null },
  reset: { type: resetLink, default: null },
  earlierResets: [resetLink],
  emailChange: { type: emailChange, default: null },
  closure: { type: closure, default: null },
  lock: { type: lock, default: null },
  lockEntries: [lockEntry],
  erasure: { type: erasure, default: null },
  /** Transitions alone make it, and queries look at what the indexes name. */
  factors: { type: Object, required: true },
}

const PENDING = { emailVerifiedAt: null } as const
/** First those that no mail has named, so that nobody's registrations keep another's account out of the mails. */
const NEXT_MAILED = { 'verification.mailedAt': 1, registeredAt: 1 } as const
const VERIFIED = { emailVerifiedAt: { $type: 'date' } } as const
const WITH_PASSKEY = { 'factors.passkeys.id': { $type: 'string' } } as const
const RECOVERING = { 'factors.recovery.nextAt': { $type: 'date' } } as const
const indexes: AggregateIndex[] = [
  { name: 'handle', keys: { handleKey: 1 }, unique: true },
  { name: 'verified-email', keys: { emailKey: 1 }, unique: true, partial: VERIFIED },
  { name: 'pending', keys: { emailKey: 1, emailVerifiedAt: 1, ...NEXT_MAILED } },
  { name: 'verification-token', keys: { 'verification.tokenHash': 1 }, sparse: true },
  { name: 'reset-token', keys: { 'reset.tokenHash': 1 }, sparse: true },
  { name: 'confirmation-token', keys: { 'emailChange.confirmation.tokenHash': 1 }, sparse: true },
  { name: 'freezing-token', keys: { 'emailChange.freezing.tokenHash': 1 }, sparse: true },
  { name: 'email-change-end', keys: { 'emailChange.endsAt': 1 }, sparse: true },
  { name: 'closure-due', keys: { 'closure.erasesAt': 1 }, sparse: true },
  { name: 'lock-due', keys: { 'lock.dueAt': 1 }, sparse: true },
  { name: 'unverified-due', keys: { emailVerifiedAt: 1, registeredAt: 1 } },
  { name: 'earlier-reset-token', keys: { 'earlierResets.tokenHash': 1 }, sparse: true },
  { name: 'passkey', keys: { 'factors.passkeys.id': 1 }, unique: true, partial: WITH_PASSKEY },
  { name: 'totp', keys: { 'factors.totp.madeAt': 1 }, sparse: true },
  { name: 'recovery-due', keys: { 'factors.recovery.nextAt': 1 }, partial: RECOVERING },
  { name: 'recovery-start', keys: { 'factors.recovery.confirm.tokenHash': 1 }, sparse: true },
  { name: 'recovery-end', keys: { 'factors.recovery.cancel.tokenHash': 1 }, sparse: true },
]

type FoundWith<T> = { _id: string; others: T[] }
type SealedSecret = { _id: string; factors: { totp: { secret: string } } }

@Injectable()
export class AccountRepository implements OnModuleInit {
  private readonly store: AggregateStore<Account>

  constructor(
    private readonly connection: Connection,
    outbox: Outbox,
    private readonly personalData: PersonalData,
  ) {
    const complete = completeAccount
    const collection = { collection: 'accounts', schema, indexes, formerIndexes: ['email-newest'] }
    this.store = new AggregateStore<Account>(connection, { ...collection, outbox, complete })
  }

  /** Registers after the constructors of other repositories, which need the account to find what is to be erased. */
  onModuleInit(): void {
    this.personalData.register(
      ownedDocuments(this.store.model, {
        subject: 'the account whose id is `_id`',
        purpose: 'account',
        ...untilErased,
        fields: accountFields,
        owners: ['_id'],
        exported: ({ _id, ...stored }) => exportedAccount(completeAccount({ id: _id as string, ...stored })),
      }),
    )
  }

  async insert(registration: Decision<Account>): Promise<void> {
    try {
      await this.store.insert(registration)
    } catch (error) {
      throw isDuplicateKey(error, 'handle') ? new HandleTakenError() : error
    }
  }

  async change(id: string, transition: (account: Account) => Decision<Account>): Promise<Account> {
    try {
      return await this.store.change(id, transition, () => new AccountNotFoundError())
    } catch (error) {
      if (isDuplicateKey(error, 'passkey')) throw new PasskeyTakenError()
      throw isDuplicateKey(error, 'verified-email') ? new EmailTakenError() : error
    }
  }

  changeMany(ids: readonly string[], transition: (account: Account) => Decision<Account>): Promise<Account[]> {
    return this.store.changeMany(ids, transition)
  }

  async get(id: string): Promise<Account> {
    const account = await this.store.find(id)
    if (!account) throw new AccountNotFoundError()
    return account
  }

  find(id: string): Promise<Account | null> {
    return this.store.find(id)
  }

  /** An account, and the documents of another collection that `pipeline` finds, in one command. */
  async findWith<T extends { _id: string }>(
    id: string,
    from: string,
    pipeline: object[],
  ): Promise<{ account: Account; others: T[] } | null> {
    const stages = [{ $match: { _id: id } }, { $lookup: { from, pipeline, as: 'others' } }]
    const [found] = await aggregateFew<FoundWith<T>>(this.connection.db!, this.store.model.collection.name, stages)
    if (!found) return null
    const { others, ...stored } = found
    return { account: this.store.stateOf(stored as unknown as StoredAggregate<Account>), others }
  }

  /** Pages through all accounts that are not being erased, in order, with no more than `projection` of each. */
  snapshot(page: PageRequest, projection: Record<string, 1> = { _id: 1 }): Promise<Page<StoredAggregate<Account>>> {
    const query = {
      list: ['accounts'],
      filter: { erasure: null },
      sort: { _id: 1 },
      page,
      projection,
      readConcern: 'majority',
    } as const
    return paginate<StoredAggregate<Account>>(this.store.model, query)
  }

  /** Each part of it has an index of its own. */
  async idsWhere(filters: readonly object[], most: number): Promise<string[]> {
    const found = this.store.model.find({ $or: [...filters] } as never, { _id: 1 }).limit(most)
    return (await found.lean<{ _id: string }[]>()).map(({ _id }) => _id)
  }

  /** Those with a proven address that do not wait for their erasure, by their ids. */
  async idsOfVerified(wanted: { registeredBefore: Date; now: Date; after?: string | undefined }, most: number) {
    const { registeredBefore, now, after } = wanted
    const isDue = [{ 'closure.erasesAt': { $lte: now } }, { 'lock.dueAt': { $lte: now } }]
    const filter = {
      ...(after !== undefined && { _id: { $gt: after } }),
      ...VERIFIED,
      registeredAt: { $lt: registeredBefore },
      $nor: isDue,
    }
    const found = this.store.model
      .find(filter as never, { _id: 1 })
      .sort({ _id: 1 })
      .limit(most)
    return (await found.lean<{ _id: string }[]>()).map(({ _id }) => _id)
  }

  countWhere(filters: readonly object[]): Promise<number> {
    return this.store.model.countDocuments({ $or: [...filters] } as never)
  }

  findMany(ids: readonly string[]): Promise<Account[]> {
    return this.store.findMany(ids)
  }

  findByHandle(handle: string): Promise<Account | null> {
    return this.store.findOne({ handleKey: handleKeyOf(handle) })
  }

  /** An address is a name of its account only once it is verified. */
  findByVerifiedEmail(email: string): Promise<Account | null> {
    return this.findBy({ emailKey: emailKeyOf(email), ...VERIFIED })
  }

  async findByVerifiedEmails(emails: readonly string[]): Promise<Account[]> {
    const wanted = { emailKey: { $in: emails.map(emailKeyOf) }, ...VERIFIED }
    const found = await this.store.model.find(wanted).lean<StoredAggregate<Account>[]>()
    return found.map((account) => this.store.stateOf(account))
  }

  async findPending(email: string): Promise<Account | null> {
    const [next] = await this.listPending(emailKeyOf(email), 1)
    return next ?? null
  }

  async listPending(emailKey: string, limit: number): Promise<Account[]> {
    const found = this.store.model.find({ emailKey, ...PENDING, closure: null }).sort(NEXT_MAILED)
    return (await found.limit(limit).lean<StoredAggregate<Account>[]>()).map((account) => this.store.stateOf(account))
  }

  countPending(emailKey: string): Promise<number> {
    return this.store.model.countDocuments({ emailKey, ...PENDING, closure: null })
  }

  /** Ends the links of all other accounts to an address that one of them has verified. */
  async endOtherLinks({ id, emailKey }: Account): Promise<void> {
    const others = { emailKey, ...PENDING, _id: { $ne: id }, verification: { $ne: null } }
    await this.store.model.updateMany(others, { $set: { verification: null }, $inc: { version: 1 } })
  }

  async isVerifiedByAnother({ id, emailKey }: Pick<Account, 'id' | 'emailKey'>): Promise<boolean> {
    return (await this.store.model.exists({ emailKey, ...VERIFIED, _id: { $ne: id } })) !== null
  }

  findByVerificationToken(tokenHash: string): Promise<Account | null> {
    return this.findBy({ 'verification.tokenHash': tokenHash })
  }

  findByResetToken(tokenHash: string): Promise<Account | null> {
    return this.findBy({ $or: [{ 'reset.tokenHash': tokenHash }, { 'earlierResets.tokenHash': tokenHash }] })
  }

  findByEmailChangeToken(link: 'confirmation' | 'freezing', tokenHash: string): Promise<Account | null> {
    return this.findBy({ [`emailChange.${link}.tokenHash`]: tokenHash })
  }

  async forgetEmailChanges(now: Date): Promise<void> {
    const ended = { 'emailChange.endsAt': { $lte: now } }
    await this.store.model.updateMany(ended, { $set: { emailChange: null }, $inc: { version: 1 } })
  }

  findByPasskey(credentialId: string): Promise<Account | null> {
    return this.findBy({ 'factors.passkeys.id': { $eq: credentialId, $type: 'string' } })
  }

  findByRecoveryToken(link: 'confirm' | 'cancel', tokenHash: string): Promise<Account | null> {
    return this.findBy({ [`factors.recovery.${link}.tokenHash`]: tokenHash })
  }

  /** The accounts whose recoveries wait longest to be looked at. */
  async idsOfDueRecoveries(now: Date, limit: number): Promise<string[]> {
    const due = { 'factors.recovery.nextAt': { $lte: now, $type: 'date' } }
    const found = this.store.model.find(due, { _id: 1 }).sort({ 'factors.recovery.nextAt': 1 }).limit(limit)
    return (await found.lean<{ _id: string }[]>()).map(({ _id }) => _id)
  }

  /** The secrets of all authenticator apps. */
  async *sealedSecrets(): AsyncGenerator<{ id: string; secret: string }> {
    const made = { 'factors.totp.madeAt': { $type: 'date' } }
    const found = this.store.model.find(made as never, { 'factors.totp.secret': 1 }).lean<SealedSecret[]>()
    for await (const { _id, factors } of found.cursor({ batchSize: 500 }))
      yield { id: _id, secret: factors.totp.secret }
  }

  private async findBy(filter: object): Promise<Account | null> {
    const found = await this.store.model.findOne(filter).lean<StoredAggregate<Account>>()
    return found && this.store.stateOf(found)
  }
}
