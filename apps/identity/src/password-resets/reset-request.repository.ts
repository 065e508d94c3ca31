import { randomUUID } from 'node:crypto'
import { emailKeyOf } from '@mpics/contracts'
import { about, Connection, hours, makeIndexes, PersonalData, ttlKeys, ttlSeconds } from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { Schema } from 'mongoose'
import { AccountRepository } from '../accounts/account.repository.js'
import type { ResetRequest } from './reset-request.js'

interface ResetRequestDocument {
  _id: string
  email: string
  emailKey: string
  tokenHash: string
  requestedAt: Date
  expiresAt: Date
  dueAt: Date
  claim?: string
}

/** Most are looked into, and removed, within a second. */
const RETENTION = hours(1).after('it was asked for, at most').endsAt('expiresAt')

const schema = new Schema<ResetRequestDocument>(
  {
    _id: String,
    email: String,
    emailKey: String,
    tokenHash: String,
    requestedAt: Date,
    expiresAt: Date,
    dueAt: Date,
    claim: String,
  },
  { versionKey: false, id: false, autoIndex: false, autoCreate: false },
)
  .index({ dueAt: 1 }, { name: 'due' })
  .index({ emailKey: 1 }, { name: 'email' })
  .index(ttlKeys(RETENTION), { name: 'expired', expireAfterSeconds: ttlSeconds(RETENTION) })

const technical = about.technical('security')
const fields = {
  _id: about.identifier('security'),
  email: about.personal('security', 'as it was entered'),
  emailKey: about.personal('security', 'the address in the form in which it is compared'),
  tokenHash: about.secret('security'),
  requestedAt: technical,
  expiresAt: technical,
  dueAt: technical,
  claim: technical,
}

const modelOn = (connection: Connection) => connection.model('reset_requests', schema, 'reset_requests')

/** A replica that died over a request leaves it to the others after this time. */
const LEASE_MS = 30_000
const BATCH = 100

@Injectable()
export class ResetRequestRepository implements OnApplicationBootstrap {
  private readonly model: ReturnType<typeof modelOn>

  constructor(
    connection: Connection,
    personalData: PersonalData,
    private readonly accounts: AccountRepository,
  ) {
    this.model = modelOn(connection)
    personalData.register({
      store: { collection: 'reset_requests' },
      subject: 'whoever has the address in `emailKey`',
      purpose: 'security',
      ...RETENTION,
      fields,
      erase: async (accountId) => {
        const { deletedCount } = await this.model.deleteMany({ emailKey: await this.emailKeyOf(accountId) })
        return { erased: deletedCount, waiting: 0 }
      },
      export: (accountId) => this.export(accountId),
    })
  }

  async onApplicationBootstrap(): Promise<void> {
    await makeIndexes(this.model)
  }

  /** Until it is released, or its lease has run out. */
  async hold({ email, link }: ResetRequest): Promise<void> {
    const { id, ...rest } = link
    const dueAt = new Date(link.requestedAt.getTime() + LEASE_MS)
    await this.model.create([{ _id: id, email, emailKey: emailKeyOf(email), ...rest, dueAt }])
  }

  async release({ link: { id, requestedAt } }: ResetRequest): Promise<void> {
    await this.model.updateOne({ _id: id }, { dueAt: requestedAt })
  }

  /** Takes the oldest requests, which are this replica's until the lease runs out. */
  async claim(now: Date): Promise<ResetRequest[]> {
    const due = { dueAt: { $lte: now } }
    const oldest = await this.model.find(due, { _id: 1 }).sort({ dueAt: 1 }).limit(BATCH).lean()
    if (oldest.length === 0) return []
    const ids = { $in: oldest.map(({ _id }) => _id) }
    const claim = randomUUID()
    await this.model.updateMany({ _id: ids, ...due }, { dueAt: new Date(now.getTime() + LEASE_MS), claim })
    const claimed = await this.model.find({ _id: ids, claim }).sort({ requestedAt: 1 }).lean()
    return claimed.map(({ _id: id, tokenHash, requestedAt, expiresAt, email }) => ({
      email,
      link: { id, tokenHash, requestedAt, expiresAt },
    }))
  }

  async remove(requests: readonly ResetRequest[]): Promise<void> {
    if (requests.length > 0) await this.model.deleteMany({ _id: { $in: requests.map(({ link }) => link.id) } })
  }

  private async *export(accountId: string): AsyncIterable<Readonly<Record<string, unknown>>> {
    const emailKey = await this.emailKeyOf(accountId)
    for await (const { email, requestedAt } of this.model.find({ emailKey }).lean().cursor())
      yield { email, requestedAt }
  }

  /** The account leads to its requests, so it must be erased after them. */
  private async emailKeyOf(accountId: string): Promise<string> {
    const account = await this.accounts.find(accountId)
    return account?.emailKey ?? ''
  }
}
