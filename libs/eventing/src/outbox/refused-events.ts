import type { Connection, Erasure, HeldData } from '@mpics/mongo'
import { refusedFields } from '../eventing-fields.js'
import type { OutboxEntry } from './stamp.js'

interface RefusedEvent extends Omit<OutboxEntry, 'id'> {
  _id: string
  reason: string
  at: Date
}

const FIELDS_OF_DATA = { $objectToArray: { $ifNull: ['$data', {}] } }

/** Keeps events that Kafka will never take, for an operator to look at. */
export class RefusedEvents implements HeldData {
  readonly store = { collection: '_refused_events' }
  readonly subject = 'each account whose id is the subject of the event or a field of its data'
  readonly purpose = 'administration'
  readonly fields = refusedFields
  readonly retention = 'until an operator has dealt with it, or the account is erased'
  readonly age = null

  constructor(private readonly connection: Connection) {}

  async add({ id, ...event }: OutboxEntry, reason: string): Promise<void> {
    const kept = { ...event, reason, at: new Date() }
    await this.events.updateOne({ _id: id }, { $set: kept }, { upsert: true })
  }

  async erase(accountId: string): Promise<Erasure> {
    const { deletedCount } = await this.events.deleteMany(naming(accountId))
    return { erased: deletedCount, waiting: 0 }
  }

  async *export(accountId: string): AsyncGenerator<Readonly<Record<string, unknown>>> {
    for await (const { type, time } of this.events.find(naming(accountId))) yield { type, time }
  }

  private get events() {
    return this.connection.db!.collection<RefusedEvent>(this.store.collection)
  }
}

const naming = (accountId: string) => ({
  $or: [{ subject: accountId }, { $expr: { $in: [accountId, { $map: { input: FIELDS_OF_DATA, in: '$$this.v' } }] } }],
})
