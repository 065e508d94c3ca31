import type { Decision } from '@mpics/contracts'
import {
  type AggregateIndex,
  AggregateStore,
  Outbox,
  type StoredAggregate,
  type StoredState,
  type Versioned,
} from '@mpics/eventing'
import {
  ConcurrentChangeError,
  Connection,
  DuplicateKeyError,
  type Page,
  type PageRequest,
  paginate,
  PersonalData,
  readFew,
  ttlSeconds,
} from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose from 'mongoose'
import { addToDigest, queueDigest } from './digest.js'
import { DigestClosedError } from './email.errors.js'
import { emailData, FINISHED_MAIL } from './email-data.js'
import type { Email } from './email.js'

const COLLECTION = 'emails'
const { Mixed } = mongoose.Schema.Types
const NEWEST_FIRST = { createdAt: -1, _id: -1 } as const
/** Mails of earlier versions name the moment `settledAt`; they are kept as long. */
const FINISHED = [
  ['finished', 'finishedAt'],
  ['kept', 'settledAt'],
] as const

const schema = {
  accountId: String,
  kind: String,
  category: String,
  cause: String,
  parameters: Mixed,
  traceparent: String,
  bulk: Boolean,
  policyVersion: String,
  status: String,
  reason: String,
  attempts: Number,
  createdAt: Date,
  wantedAt: Date,
  dueAt: Date,
  lease: Mixed,
  finishedAt: Date,
  settledAt: Date,
}
const indexes: AggregateIndex[] = [
  { name: 'due-by-urgency', keys: { bulk: 1, dueAt: 1 }, partial: { status: 'queued' } },
  { name: 'mine', keys: { accountId: 1, createdAt: -1, _id: -1 } },
  { name: 'about', keys: { accountId: 1, 'parameters.actorId': 1, createdAt: 1 }, partial: { kind: 'follow' } },
  ...FINISHED.map(([name, at]) => ({
    name,
    keys: { [at]: 1 as const },
    expireAfterSeconds: ttlSeconds(FINISHED_MAIL),
    partial: { [at]: { $type: 'date' } },
  })),
]

@Injectable()
export class EmailRepository {
  /** For DueEmails, which keeps the leases in the same documents. */
  readonly store: AggregateStore<Email>

  constructor(
    private readonly connection: Connection,
    outbox: Outbox,
    personalData: PersonalData,
  ) {
    this.store = new AggregateStore<Email>(connection, {
      collection: COLLECTION,
      outbox,
      complete,
      schema,
      indexes,
      formerIndexes: ['due', 'due-by-lane'],
    })
    personalData.register(emailData(this.store.model))
  }

  /** False when this mail was made before. */
  async insert(decision: Decision<Email>): Promise<boolean> {
    const inserted = this.store.insert(decision).then(() => true)
    return (await inserted.catch(unlessMade)) ?? false
  }

  /** Those that were made before stay as they are. */
  async insertMany(decisions: readonly Decision<Email>[]): Promise<void> {
    try {
      await this.store.saveMany(decisions.map((decision) => ({ current: null, decision })))
    } catch (error) {
      if (!(error instanceof ConcurrentChangeError)) throw error
    }
  }

  insertComputed(decision: Decision<Email>, computed: Record<string, object>): Promise<Versioned<Email> | undefined> {
    return this.store.insertComputed(decision, computed).catch(unlessMade)
  }

  save(current: Versioned<Email>, decision: Decision<Email>): Promise<void> {
    return this.store.save(current, decision)
  }

  findMany(ids: readonly string[]): Promise<Email[]> {
    return this.store.findMany(ids)
  }

  /** False when the digest of that time is being sent or was. */
  async addToDigest(email: Email, at: Date, now: Date): Promise<boolean> {
    const fresh = queueDigest(email, at, now)
    if (await this.insert(fresh)) return true
    try {
      const closed = () => new DigestClosedError()
      await this.store.change(fresh.state.id, (digest) => addToDigest(digest, email), closed)
      return true
    } catch (error) {
      if (error instanceof DigestClosedError) return false
      throw error
    }
  }

  /** True if at least so many mails told of the same, none of them before `since`. */
  async hasBefore({ id, accountId, kind, parameters, createdAt }: Email, since: Date, count: number): Promise<boolean> {
    const about = { accountId, kind, 'parameters.actorId': parameters.actorId }
    const filter = { ...about, createdAt: { $gte: since, $lte: createdAt }, _id: { $ne: id } }
    const earlier = { collection: COLLECTION, filter, projection: { _id: 1 }, limit: count } as const
    return (await readFew(this.connection.db!, earlier)).length >= count
  }

  async pageOf(accountId: string, page: PageRequest): Promise<Page<Email>> {
    const query = { list: ['mails', accountId], filter: { accountId }, sort: NEWEST_FIRST, page }
    const { items, nextCursor } = await paginate(this.store.model, query)
    return { items: items.map((email) => this.store.stateOf(email as StoredAggregate<Email>)), nextCursor }
  }
}

function unlessMade(error: unknown): undefined {
  if (!(error instanceof DuplicateKeyError)) throw error
}

/** A replica of the version that says `settledAt` may yet finish a mail of this one. */
const complete = ({ settledAt, ...stored }: StoredState<Email> & { settledAt?: Date | null }): Email =>
  ({ bulk: false, policyVersion: null, ...stored, finishedAt: stored.finishedAt ?? settledAt ?? null }) as Email
