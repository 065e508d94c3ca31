import type { Connection } from '@mpics/mongo'
import mongoose, { type Model, Schema, type SchemaDefinition } from 'mongoose'
import type { OutboxEntry } from './stamp.js'

export type StoredAggregate<S> = Omit<S, 'id'> & {
  _id: string
  version: number
  _outbox?: OutboxEntry[]
  _tombstoneAt?: number
}

export interface AggregateIndex {
  keys: Record<string, 1 | -1 | 'text'>
  name: string
  unique?: boolean
  sparse?: boolean
  expireAfterSeconds?: number
  partial?: Record<string, unknown>
}

export const OUTBOX_INDEX = 'outbox'

/** The partial index holds documents with an unpublished event, oldest first. */
export const PENDING = { '_outbox.0': { $exists: true } }

export function aggregateModel<S>(
  connection: Connection,
  collection: string,
  definition: SchemaDefinition | Schema,
  indexes: readonly AggregateIndex[],
): Model<StoredAggregate<S>> {
  const schema = definition instanceof Schema ? definition.clone() : new Schema(withoutId(definition))
  for (const [option, value] of Object.entries(OPTIONS)) schema.set(option as 'strict', value as never)
  schema.add({
    _id: String,
    version: { type: Number, required: true },
    _outbox: { type: [mongoose.Schema.Types.Mixed], default: undefined, select: false },
    // the version at which it was erased from its topic
    _tombstoneAt: { type: Number, select: false },
  } as SchemaDefinition)
  schema.index({ '_outbox.id': 1 }, { name: OUTBOX_INDEX, partialFilterExpression: PENDING })
  for (const { keys, partial, ...options } of indexes)
    schema.index(keys, { ...options, ...(partial && { partialFilterExpression: partial }) })
  return connection.model(collection, schema, collection) as unknown as Model<StoredAggregate<S>>
}

/** mongoose would otherwise drop an unknown field in silence. */
const OPTIONS = {
  strict: 'throw',
  strictQuery: false,
  versionKey: false,
  minimize: false,
  id: false,
  autoCreate: false,
}

const withoutId = ({ id: _id, ...rest }: SchemaDefinition): SchemaDefinition => rest
