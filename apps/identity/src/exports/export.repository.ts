import type { Decision } from '@mpics/contracts'
import { AggregateStore, Outbox, type StoredAggregate } from '@mpics/eventing'
import { Connection, DuplicateKeyError } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose from 'mongoose'
import type { Export } from './export.js'
import { ExportNotFoundError } from './export.errors.js'

const { Mixed } = mongoose.Schema.Types
const ONE_OPEN = 'one-open'
const OPEN = { open: true }

@Injectable()
export class ExportRepository {
  private readonly store: AggregateStore<Export>

  constructor(connection: Connection, outbox: Outbox) {
    this.store = new AggregateStore<Export>(connection, {
      collection: 'exports',
      outbox,
      schema: {
        accountId: String,
        status: String,
        open: Boolean,
        requestedAt: Date,
        parts: Mixed,
        joiner: Mixed,
        file: Mixed,
        endsAt: Date,
      },
      indexes: [
        { name: ONE_OPEN, keys: { accountId: 1 }, unique: true, partial: OPEN },
        { name: 'of-account', keys: { accountId: 1, requestedAt: -1 } },
        { name: 'joining', keys: { status: 1, 'joiner.until': 1 }, partial: OPEN },
        { name: 'ends', keys: { endsAt: 1 } },
      ],
    })
  }

  /** False where the account has an open one. */
  async insert(decision: Decision<Export>): Promise<boolean> {
    const inserted = this.store.insert(decision).then(() => true)
    return inserted.catch((error: unknown) => {
      if (error instanceof DuplicateKeyError && error.index === ONE_OPEN) return false
      throw error
    })
  }

  find(id: string): Promise<Export | null> {
    return this.store.find(id)
  }

  findOpen(accountId: string): Promise<Export | null> {
    return this.store.findOne({ accountId, open: true })
  }

  async isAny(): Promise<boolean> {
    return (await this.store.model.exists({})) !== null
  }

  async get(id: string): Promise<Export> {
    const found = await this.find(id)
    if (!found) throw new ExportNotFoundError()
    return found
  }

  change(id: string, transition: (current: Export) => Decision<Export>): Promise<Export> {
    return this.store.change(id, transition, () => new ExportNotFoundError())
  }

  async requestedSince(accountId: string, since: Date): Promise<Date[]> {
    const found = await this.store.model.find({ accountId, requestedAt: { $gt: since } }, { requestedAt: 1 }).lean()
    return found.map(({ requestedAt }) => requestedAt)
  }

  async *of(accountId: string): AsyncGenerator<Export> {
    const found = this.store.model.find({ accountId }).lean<StoredAggregate<Export>[]>()
    for await (const document of found.cursor()) yield this.store.stateOf(document)
  }

  /** Those that nobody joins at this moment. */
  idsToJoin(now: Date, most: number): Promise<string[]> {
    const free = [{ joiner: null }, { 'joiner.until': { $lte: now } }]
    return this.ids({ ...OPEN, status: 'joining', $or: free }, most)
  }

  idsThatEnd(now: Date, most: number): Promise<string[]> {
    return this.ids({ endsAt: { $lte: now } }, most)
  }

  /** False while its events wait to be published. */
  purge(id: string): Promise<boolean> {
    return this.store.purge(id)
  }

  private async ids(filter: object, most: number): Promise<string[]> {
    const found = await this.store.model
      .find(filter as never, { _id: 1 })
      .limit(most)
      .lean<{ _id: string }[]>()
    return found.map(({ _id }) => _id)
  }
}
