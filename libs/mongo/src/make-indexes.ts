import { isDeepStrictEqual } from 'node:util'
import type { IndexDefinition, IndexOptions, Model, mongo, Schema } from 'mongoose'

/** What is asked of a model, whatever its documents are. */
export type Indexed = Pick<Model<never>, 'collection' | 'createIndexes' | 'db'> & { schema: Pick<Schema, 'indexes'> }

const OPTIONS_CONFLICT = 85
/** They make an index another one, which nobody replaces while a service starts. */
const FIXED = ['unique', 'sparse', 'partialFilterExpression', 'collation', 'wildcardProjection'] as const

/** Makes the indexes of a model. One that is there with another age alone, of an earlier release, gets the new age. May be repeated. */
export async function makeIndexes(model: Indexed): Promise<void> {
  try {
    await model.createIndexes()
  } catch (error) {
    if ((error as { code?: unknown }).code !== OPTIONS_CONFLICT) throw error
    // another replica may have changed them since: what still differs is said by the second attempt
    await changeAges(model)
    await model.createIndexes()
  }
}

async function changeAges({ db, collection, schema }: Indexed): Promise<void> {
  const stored = await db.db!.collection(collection.name).indexes()
  const changes = schema.indexes().flatMap(([keys, options]) => {
    const other = stored.find((index) => hasOtherAge(index, keys, options))
    return other ? [{ name: other.name, expireAfterSeconds: options.expireAfterSeconds }] : []
  })
  for (const index of changes) await db.db!.command({ collMod: collection.name, index })
}

const hasOtherAge = (stored: mongo.IndexDescriptionInfo, keys: IndexDefinition, options: IndexOptions): boolean =>
  options.expireAfterSeconds !== undefined &&
  stored.expireAfterSeconds !== options.expireAfterSeconds &&
  isDeepStrictEqual(Object.entries(stored.key), Object.entries(keys)) &&
  FIXED.every((name) => isDeepStrictEqual(stored[name], options[name]))
