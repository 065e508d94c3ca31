import type { Connection, Session } from '@mpics/mongo'
import type { mongo } from 'mongoose'
import { OUTBOX_INDEX, PENDING } from './aggregate-schema.js'
import { RefusedEvents } from './refused-events.js'
import type { Refused } from './relay-producer.js'
import type { OutboxEntry } from './stamp.js'
import { Transactions } from '../transactions.js'

export interface Pending {
  collection: string
  id: string
  events: OutboxEntry[]
}

export interface Removal {
  ids: string[]
  eventIds: string[]
}

export interface PendingBounds {
  /** Includes everything that was saved until then. */
  since?: mongo.Timestamp
  /** Ends a scan that others' saves would prolong for ever: roughly, since clocks of replicas differ. ISO 8601. */
  before?: string
}

interface Document {
  _id: string
  _outbox: OutboxEntry[]
}

export interface Saved {
  _id: unknown
  ns: { coll: string }
  documentKey: { _id: string }
  fullDocument?: { _outbox?: OutboxEntry[] }
  updateDescription?: { updatedFields?: Record<string, unknown> }
}

/** The driver's change stream, with the methods that its types leave out. */
export interface OutboxStream {
  next(): Promise<Saved>
  close(): Promise<void>
  cursor: {
    /** Returns saves that have arrived already, without a promise for each. */
    readBufferedDocuments(most: number): Saved[]
    /** The driver resumes from this token when it has lost the connection. */
    cacheResumeToken(token: unknown): void
  }
}

const STAGES = [
  {
    $match: {
      $or: [
        { operationType: 'insert', 'fullDocument._outbox.0': { $exists: true } },
        // the relay's own removals do not raise the version
        { operationType: 'update', 'updateDescription.updatedFields.version': { $exists: true } },
      ],
    },
  },
  { $project: { 'ns.coll': 1, documentKey: 1, 'fullDocument._outbox': 1, 'updateDescription.updatedFields': 1 } },
]

/** Reads the outboxes for the relay, watches the saves, and removes published events. */
export class OutboxSource {
  constructor(
    private readonly connection: Connection,
    private readonly names: readonly string[],
    /** By collection, where events come many at a time. */
    private readonly transactions: ReadonlyMap<string, Transactions> = new Map(),
  ) {}

  /** The server's logical time: `pending` finds every save before it, `watch` every later one. */
  async now(): Promise<mongo.Timestamp> {
    const reply = await this.connection.db!.command({ ping: 1 })
    return reply['operationTime'] as mongo.Timestamp
  }

  /** Every durable document with pending events, oldest first, in fetches of about one batch: one outbox may hold thousands. */
  async *pending(batch: number, { since, before }: PendingBounds = {}): AsyncGenerator<Pending[]> {
    const session = await this.connection.startSession({ causalConsistency: true })
    if (since) session.advanceOperationTime(since)
    try {
      for (const name of this.names) {
        const cursor = this.collection(name).find(PENDING, {
          projection: { _outbox: 1 },
          hint: OUTBOX_INDEX,
          sort: { '_outbox.id': 1 },
          batchSize: batch,
          session,
        })
        for await (const first of cursor) {
          const arrived = [first, ...cursor.readBufferedDocuments(roomBehind(first, batch))]
          const end = arrived.findIndex(({ _outbox }) => before !== undefined && _outbox[0]!.time > before)
          const found = end === -1 ? arrived : arrived.slice(0, end)
          if (found.length > 0) yield found.map(({ _id, _outbox }) => ({ collection: name, id: _id, events: _outbox }))
          if (end !== -1) break
        }
      }
    } finally {
      await session.endSession()
    }
  }

  async setAside({ event, reason }: Refused): Promise<void> {
    await new RefusedEvents(this.connection).add(event, reason)
  }

  /** Removes by event id: events added meanwhile stay. */
  async remove(collection: string, { ids, eventIds }: Removal): Promise<void> {
    const removal = { $pull: { _outbox: { id: { $in: eventIds } } } }
    const remove = async (session?: Session) =>
      void (await this.collection(collection).updateMany({ _id: { $in: ids } }, removal, {
        ...(session && { session }),
      }))
    const transactions = this.transactions.get(collection)
    if (transactions && Transactions.suit(ids.length) && (await transactions.make(remove))) return
    await remove()
  }

  /** Each save once with its events, in the order of majority commits. */
  watch(startAtOperationTime: mongo.Timestamp): OutboxStream {
    const stages = [{ $match: { 'ns.coll': { $in: [...this.names] } } }, ...STAGES]
    const options = { batchSize: 1000, maxAwaitTimeMS: 5_000, startAtOperationTime }
    return this.connection.db!.watch(stages, options) as unknown as OutboxStream
  }

  async count(): Promise<number> {
    const counts = this.names.map((name) => this.collection(name).countDocuments(PENDING, { hint: OUTBOX_INDEX }))
    return (await Promise.all(counts)).reduce((sum, n) => sum + n, 0)
  }

  async oldest(): Promise<Date | undefined> {
    const options = { projection: { '_outbox.time': 1 }, hint: OUTBOX_INDEX, sort: { '_outbox.id': 1 } } as const
    const found = await Promise.all(this.names.map((name) => this.collection(name).findOne(PENDING, options)))
    const times = found.flatMap((document) => document?._outbox.map((event) => event.time) ?? [])
    return times.length > 0 ? new Date(times.reduce((a, b) => (a < b ? a : b))) : undefined
  }

  private collection(name: string) {
    return this.connection.db!.collection<Document>(name, { readConcern: { level: 'majority' } })
  }
}

const roomBehind = ({ _outbox }: Document, batch: number) => Math.max(0, Math.floor(batch / _outbox.length) - 1)

/** An insert tells of its events in the document; an update as `_outbox` (it was empty) or as `_outbox.<n>` each. */
export function readSaved(change: Omit<Saved, '_id'>): Pending {
  const fields = change.updateDescription?.updatedFields ?? {}
  const whole = change.fullDocument?._outbox ?? (fields['_outbox'] as OutboxEntry[] | undefined)
  const added = Object.entries(fields).filter(([name]) => name.startsWith('_outbox.'))
  const events = whole ?? added.map(([, event]) => event as OutboxEntry)
  const inOrder = [...events].sort((a, b) => a.seq - b.seq)
  return { collection: change.ns.coll, id: change.documentKey._id, events: inOrder }
}
