import type { Decision } from '@mpics/contracts'
import { AggregateStore, Outbox, type StoredAggregate, type Versioned } from '@mpics/eventing'
import { Connection, isDuplicateKey, DuplicateKeyError, type Page, type PageRequest, paginate } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose from 'mongoose'
import type { Email } from './email.js'

const NEWEST_FIRST = { createdAt: -1, _id: -1 } as const

@Injectable()
export class EmailRepository {
  private readonly emails: AggregateStore<Email>

  constructor(connection: Connection, outbox: Outbox) {
    this.emails = new AggregateStore<Email>(connection, {
      collection: 'emails',
      outbox,
      schema: {
        accountId: String,
        kind: String,
        category: String,
        cause: String,
        parameters: mongoose.Schema.Types.Mixed,
        status: String,
        reason: String,
        attempts: Number,
        dueAt: Date,
        createdAt: Date,
        sentAt: Date,
      },
      indexes: [
        { name: 'due', keys: { dueAt: 1 }, partial: { status: 'queued' } },
        { name: 'mine', keys: { accountId: 1, createdAt: -1, _id: -1 } },
      ],
    })
  }

  /** False when this mail was made before. */
  async insert(decision: Decision<Email>): Promise<boolean> {
    try {
      await this.emails.insert(decision)
      return true
    } catch (error) {
      if (error instanceof DuplicateKeyError || isDuplicateKey(error)) return false
      throw error
    }
  }

  async due(now: Date, limit: number): Promise<Versioned<Email>[]> {
    const query = this.emails.model
      .find({ status: 'queued', dueAt: { $lte: now } })
      .sort({ dueAt: 1 })
      .limit(limit)
    const found = await query.lean<StoredAggregate<Email>[]>()
    return found.map((email) => this.emails.stateOf(email))
  }

  /** When the next mail is due; null when none waits. */
  async nextDueAt(): Promise<Date | null> {
    const next = await this.emails.model
      .findOne({ status: 'queued' }, { dueAt: 1 })
      .sort({ dueAt: 1 })
      .lean<{ dueAt: Date }>()
    return next?.dueAt ?? null
  }

  save(current: Versioned<Email>, decision: Decision<Email>): Promise<void> {
    return this.emails.save(current, decision)
  }

  find(id: string): Promise<Versioned<Email> | null> {
    return this.emails.find(id)
  }

  async pageOf(accountId: string, page: PageRequest): Promise<Page<Email>> {
    const { items, nextCursor } = await paginate(this.emails.model, { filter: { accountId }, sort: NEWEST_FIRST, page })
    return { items: items.map((email) => this.emails.stateOf(email as StoredAggregate<Email>)), nextCursor }
  }
}
