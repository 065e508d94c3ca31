import { isDeepStrictEqual } from 'node:util'
import type { IndexDefinition, IndexOptions, Model, mongo, Schema } from 'mongoose'

/** What is asked of a model, whatever its documents are. */
export type Indexed = Pick<Model<never>, 'collection' | 'createIndexes' | 'db'> & { schema: Pick<Schema, 'indexes'> }

const OPTIONS_CONFLICT = 85
const INDEX_NOT_FOUND = 27
const ATTEMPTS = 3
/** They make an index another one, which nobody replaces while a service starts. */
const FIXED = ['unique', 'sparse', 'partialFilterExpression', 'collation', 'wildcardProjection'] as const

/**
 * Makes the indexes of a model, then drops those that only an earlier release needs, by their names. One that is there with another
 * age alone, of an earlier release, gets the new age. May be repeated.
 */
export async function makeIndexes(model: Indexed, former: readonly string[] = []): Promise<void> {
  try {
    await model.createIndexes()
  } catch (error) {
    if ((error as { code?: unknown }).code !== OPTIONS_CONFLICT) throw error
    await changeAges(model)
    await makeRenamed(model, former)
  }
  await dropAll(model, former)
}

/**
 * An index that has only another name now cannot be made beside the former one. Another replica may have changed what differed, or may do
 * so between two looks: then nothing is in the way any more.
 */
async function makeRenamed(model: Indexed, former: readonly string[]): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      return void (await model.createIndexes())
    } catch (error) {
      const isConflict = (error as { code?: unknown }).code === OPTIONS_CONFLICT
      if (!isConflict || attempt === ATTEMPTS || !(await inTheWay(model)).every((name) => former.includes(name)))
        throw error
      await dropAll(model, former)
    }
}

/** Indexes of the same keys that have other names. */
async function inTheWay({ db, collection, schema }: Indexed): Promise<string[]> {
  const stored = await db.db!.collection(collection.name).indexes()
  return schema
    .indexes()
    .flatMap(([keys, { name }]) =>
      stored.filter((index) => index.name !== (name ?? nameOf(keys)) && hasKeys(index, keys)),
    )
    .map(({ name }) => name!)
}

async function dropAll({ db, collection }: Indexed, former: readonly string[]): Promise<void> {
  if (former.length === 0) return
  const stored = db.db!.collection(collection.name)
  // a drop stops all writes for a moment, also where there is nothing to drop
  for (const { name } of await stored.indexes())
    if (name !== undefined && former.includes(name))
      await stored.dropIndex(name).catch((error: unknown) => {
        // another replica was earlier
        if ((error as { code?: unknown }).code !== INDEX_NOT_FOUND) throw error
      })
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
  hasKeys(stored, keys) &&
  FIXED.every((name) => isDeepStrictEqual(stored[name], options[name]))

const hasKeys = (stored: mongo.IndexDescriptionInfo, keys: IndexDefinition): boolean =>
  isDeepStrictEqual(Object.entries(stored.key), Object.entries(keys))

/** As MongoDB names an index that has no name. */
const nameOf = (keys: IndexDefinition): string => Object.entries(keys).flat().join('_')
