import { ConcurrentChangeError, type Connection, isDuplicateKey } from '@mpics/mongo'
import { type Model, mongo, Schema, type SchemaDefinition } from 'mongoose'
import { addViews, emptyTally, type Tally, type View } from './tally.js'

export const tallySchema = {
  total: { type: Number, required: true },
  unique: { type: Number, required: true },
  registers: Schema.Types.Mixed,
  offsets: Schema.Types.Mixed,
  asOf: Date,
}

/** Fills in fields that an earlier version did not store; registers come back as BSON's own kind of bytes. */
export function tallyOf(stored: Partial<Tally>): Tally {
  const { total, unique, registers, offsets, asOf } = { ...emptyTally, ...stored }
  return { total, unique, registers: registers instanceof mongo.Binary ? registers.buffer : registers, offsets, asOf }
}

type StoredTally<L> = Tally & L & { _id: string; version: number }

/** `L` finds the tally. */
export interface TallyGroup<L> {
  id: string
  labels: L
  views: View[]
}

/** A collection of tallies without events. */
export class TallyCollection<L extends object> {
  readonly model: Model<StoredTally<L>>

  constructor(connection: Connection, collection: string, labels: SchemaDefinition, index: Record<string, 1>) {
    const schema = new Schema(
      { _id: String, ...labels, ...tallySchema, version: Number },
      { versionKey: false, autoCreate: false, minimize: false, strict: 'throw' },
    )
    schema.index(index)
    this.model = connection.model(collection, schema, collection) as unknown as Model<StoredTally<L>>
  }

  createIndexes(): Promise<void> {
    return this.model.createIndexes()
  }

  where(labels: Partial<L>): Promise<Tally[]> {
    return this.model
      .find(labels as never)
      .lean<StoredTally<L>[]>()
      .then((found) => found.map(tallyOf))
  }

  /** Counts ids with this prefix, from the index of the ids alone. */
  countFrom(prefix: string): Promise<number> {
    return this.model.countDocuments({ _id: { $gte: prefix, $lt: `${prefix}\u{10ffff}` } } as never)
  }

  /** Makes two requests, however many tallies. On `ConcurrentChangeError` the others are saved, and a repeat does no harm. */
  async count(groups: readonly TallyGroup<L>[]): Promise<void> {
    const known = await this.find(groups.map(({ id }) => id))
    const writes = groups.flatMap(({ id, labels, views }) => {
      const { version, ...before } = known.get(id) ?? { ...emptyTally, version: 0 }
      const tally = addViews(before, views)
      return tally === before ? [] : [writeOf(id, version, { ...labels, ...tally })]
    })
    if (writes.length === 0) return
    const done = await this.model
      .bulkWrite(writes as never, { ordered: false, throwOnValidationError: true })
      .catch(whenSomebodyInserted)
    if (done.insertedCount + done.matchedCount !== writes.length)
      throw new ConcurrentChangeError(this.model.collection.name, 'one of many', 0)
  }

  private async find(ids: readonly string[]): Promise<Map<string, Tally & { version: number }>> {
    const found = await this.model.find({ _id: { $in: ids } } as never).lean<StoredTally<L>[]>()
    return new Map(found.map((one) => [one._id, { ...tallyOf(one), version: one.version }]))
  }
}

const writeOf = (id: string, version: number, fields: object) =>
  version === 0
    ? { insertOne: { document: { _id: id, ...fields, version: 1 } } }
    : { updateOne: { filter: { _id: id, version }, update: { $set: { ...fields, version: version + 1 } } } }

function whenSomebodyInserted(error: unknown) {
  if (!isDuplicateKey(error)) throw error
  return { insertedCount: 0, matchedCount: 0 }
}
