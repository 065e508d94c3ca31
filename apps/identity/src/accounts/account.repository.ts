import type { Decision } from '@mpics/contracts'
import { type AggregateIndex, AggregateStore, Outbox, type StoredAggregate } from '@mpics/eventing'
import {
  Connection,
  isDuplicateKey,
  ownedDocuments,
  type Page,
  type PageRequest,
  paginate,
  PersonalData,
} from '@mpics/mongo'
import { Injectable, type OnModuleInit } from '@nestjs/common'
import { Schema } from 'mongoose'
import type { Account } from './account.js'
import { AccountNotFoundError, EmailTakenError, HandleTakenError } from './account.errors.js'
import { completeAccount } from './complete-account.js'
import { emailKeyOf } from './email-key.js'
import { exportedAccount } from './exported-account.js'
import { handleKeyOf } from './handle.js'

const text = { type: String, required: true }
const time = { type: Date, required: true }
const link = {
  type: new Schema({ id: text, tokenHash: text, requestedAt: time, expiresAt: time }, { _id: false, id: false }),
  default: null,
}
const grant = new Schema(
  { role: text, by: { type: String, default: null }, since: time, until: { type: Date, default: null } },
  { _id: false, id: false },
)

const schema = {
  handle: text,
  handleKey: text,
  email: text,
  emailKey: text,
  emailVerifiedAt: { type: Date, default: null },
  passwordHash: text,
  passwordChangedAt: time,
  locale: text,
  timeZone: text,
  grants: { type: [grant], required: true },
  accepted: { terms: text, privacy: text },
  ageCheckedAt: time,
  registeredAt: time,
  fullName: { type: String, default: null },
  verification: link,
  reset: link,
}

const VERIFIED = { emailVerifiedAt: { $type: 'date' } } as const
const indexes: AggregateIndex[] = [
  { name: 'handle', keys: { handleKey: 1 }, unique: true },
  { name: 'verified-email', keys: { emailKey: 1 }, unique: true, partial: VERIFIED },
  { name: 'email-newest', keys: { emailKey: 1, registeredAt: -1 } },
  { name: 'verification-token', keys: { 'verification.tokenHash': 1 }, sparse: true },
  { name: 'reset-token', keys: { 'reset.tokenHash': 1 }, sparse: true },
]

@Injectable()
export class AccountRepository implements OnModuleInit {
  private readonly store: AggregateStore<Account>

  constructor(
    connection: Connection,
    outbox: Outbox,
    private readonly personalData: PersonalData,
  ) {
    const complete = completeAccount
    this.store = new AggregateStore<Account>(connection, { collection: 'accounts', schema, indexes, outbox, complete })
  }

  /** Registers after the constructors of other repositories, which need the account to find what is to be erased. */
  onModuleInit(): void {
    this.personalData.register(
      ownedDocuments(this.store.model, {
        subject: 'the account whose id is `_id`',
        purpose: 'account',
        retention: 'until the account is erased',
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
      throw isDuplicateKey(error, 'verified-email') ? new EmailTakenError() : error
    }
  }

  async get(id: string): Promise<Account> {
    const account = await this.store.find(id)
    if (!account) throw new AccountNotFoundError()
    return account
  }

  find(id: string): Promise<Account | null> {
    return this.store.find(id)
  }

  /** Pages through the ids of all accounts in order. */
  async snapshot(page: PageRequest): Promise<Page<string>> {
    const { items, nextCursor } = await paginate<StoredAggregate<Account>>(this.store.model, {
      list: ['accounts'],
      filter: {},
      sort: { _id: 1 },
      page,
      projection: { _id: 1 },
      readConcern: 'majority',
    })
    return { items: items.map(({ _id }) => _id), nextCursor }
  }

  findMany(ids: readonly string[]): Promise<Account[]> {
    return this.store.findMany(ids)
  }

  findByHandle(handle: string): Promise<Account | null> {
    return this.store.findOne({ handleKey: handleKeyOf(handle) })
  }

  /** Prefers the account that verified the address to the newest one, with the same queries for every address. */
  async findByEmail(email: string): Promise<Account | null> {
    const emailKey = emailKeyOf(email)
    const [verified, newest] = await Promise.all([
      this.store.model.findOne({ emailKey, ...VERIFIED }).lean<StoredAggregate<Account>>(),
      this.store.model.findOne({ emailKey }).sort({ registeredAt: -1 }).lean<StoredAggregate<Account>>(),
    ])
    const found = verified ?? newest
    return found && this.store.stateOf(found)
  }

  async isVerifiedByAnother({ id, emailKey }: Account): Promise<boolean> {
    return (await this.store.model.exists({ emailKey, ...VERIFIED, _id: { $ne: id } })) !== null
  }

  findByVerificationToken(tokenHash: string): Promise<Account | null> {
    return this.findByToken('verification.tokenHash', tokenHash)
  }

  findByResetToken(tokenHash: string): Promise<Account | null> {
    return this.findByToken('reset.tokenHash', tokenHash)
  }

  private async findByToken(path: 'verification.tokenHash' | 'reset.tokenHash', hash: string): Promise<Account | null> {
    const found = await this.store.model.findOne({ [path]: hash }).lean<StoredAggregate<Account>>()
    return found && this.store.stateOf(found)
  }
}
