import { randomUUID } from 'node:crypto'
import type { Decision } from '@mpics/contracts'
import { type AggregateIndex, AggregateStore, Outbox, type StoredAggregate, type Versioned } from '@mpics/eventing'
import {
  about,
  Connection,
  DuplicateKeyError,
  type Erasure,
  keptForEver,
  type Page,
  type PageRequest,
  paginate,
  PersonalData,
} from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose from 'mongoose'
import { NotificationsConfig } from '../config.js'
import { type Campaign, placeBefore } from './campaign.js'

const { Mixed } = mongoose.Schema.Types
const schema = {
  kind: String,
  category: String,
  cause: String,
  parameters: Mixed,
  registeredBefore: Date,
  status: String,
  after: String,
  queued: Number,
  startedAt: Date,
  finishedAt: Date,
  lease: Mixed,
}
const NEWEST_FIRST = { startedAt: -1, _id: -1 } as const
const indexes: AggregateIndex[] = [
  { name: 'running', keys: { startedAt: 1 }, partial: { status: 'running' } },
  { name: 'newest', keys: NEWEST_FIRST },
  { name: 'place', keys: { after: 1 }, partial: { status: 'running' } },
  { name: 'audience', keys: { registeredBefore: 1 } },
]
const FREE = { $or: [{ lease: null }, { $expr: { $lt: ['$lease.until', '$$NOW'] } }] }

/** A place in a list is no input of anybody. */
async function* nothing(): AsyncGenerator<never> {}

@Injectable()
export class CampaignRepository {
  private readonly store: AggregateStore<Campaign>
  private readonly holder = randomUUID()

  constructor(
    connection: Connection,
    outbox: Outbox,
    personalData: PersonalData,
    private readonly config: NotificationsConfig,
  ) {
    this.store = new AggregateStore<Campaign>(connection, { collection: 'campaigns', schema, indexes, outbox })
    const technical = about.technical('mail')
    personalData.register({
      store: { collection: 'campaigns' },
      subject: 'the account whose id is `after`, to which the list of recipients has come while it is gone through',
      purpose: 'mail',
      ...keptForEver,
      erase: (accountId) => this.moveFrom(accountId),
      export: () => nothing(),
      fields: {
        ...{ _id: technical, kind: technical, category: technical, cause: technical, registeredBefore: technical },
        parameters: { detail: technical, version: technical, at: technical },
        ...{ status: technical, after: about.identifier('mail'), queued: technical, startedAt: technical },
        ...{ finishedAt: technical, lease: { holder: technical, until: technical } },
      },
    })
  }

  /** False when it was started before. */
  async insert(campaign: Decision<Campaign>): Promise<boolean> {
    try {
      await this.store.insert(campaign)
      return true
    } catch (error) {
      if (error instanceof DuplicateKeyError) return false
      throw error
    }
  }

  save(current: Versioned<Campaign>, decision: Decision<Campaign>): Promise<void> {
    return this.store.save(current, decision)
  }

  /** The oldest that runs and that no other replica is at. Taking it raises the version: a former holder saves nothing more. */
  async take(): Promise<Versioned<Campaign> | undefined> {
    const lease = { holder: this.holder, until: { $add: ['$$NOW', this.config.NOTIFICATIONS_LEASE_MS] } }
    const taken = await this.store.model
      .findOneAndUpdate(
        { status: 'running', $or: [...FREE.$or, { 'lease.holder': this.holder }] } as never,
        [{ $set: { lease, version: { $add: ['$version', 1] } } }],
        { sort: { startedAt: 1 }, returnDocument: 'after', updatePipeline: true },
      )
      .lean<StoredAggregate<Campaign>>()
    return taken ? this.store.stateOf(taken) : undefined
  }

  /** For another replica, without waiting for the end of the lease. */
  async giveBack(): Promise<void> {
    await this.store.model.updateMany({ 'lease.holder': this.holder } as never, { $set: { lease: null } })
  }

  /** Those that tell something new to an account whose address was proved at that time. */
  async tellingAt(verifiedAt: Date): Promise<Campaign[]> {
    const found = this.store.model.find({ registeredBefore: { $gt: verifiedAt } } as never)
    return (await found.lean<StoredAggregate<Campaign>[]>()).map((campaign) => this.store.stateOf(campaign))
  }

  /** A page that is being queued may come to the account again: see RunCampaigns. */
  private async moveFrom(accountId: string): Promise<Erasure> {
    const at = { status: 'running', after: accountId } as never
    const { modifiedCount } = await this.store.model.updateMany(at, { $set: { after: placeBefore(accountId) } })
    return { erased: modifiedCount, waiting: 0 }
  }

  countRunning(): Promise<number> {
    return this.store.model.countDocuments({ status: 'running' } as never)
  }

  async page(page: PageRequest): Promise<Page<Campaign>> {
    const query = { list: ['campaigns'], filter: {}, sort: NEWEST_FIRST, page }
    const { items, nextCursor } = await paginate(this.store.model, query)
    return { items: items.map((campaign) => this.store.stateOf(campaign as StoredAggregate<Campaign>)), nextCursor }
  }
}
