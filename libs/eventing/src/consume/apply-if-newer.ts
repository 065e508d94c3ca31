import type { Model } from 'mongoose'
import { isDuplicateKey } from '@mpics/mongo'

/**
 * Writes what an event says into a projection, unless the projection shows a later one. The document remembers the sequence as
 * `sequence`; late and second events change nothing. Resolves to whether it was written.
 */
export async function applyIfNewer(
  model: Pick<Model<never>, 'updateOne'>,
  id: string,
  sequence: number | undefined,
  change: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  if (sequence === undefined) throw new TypeError('an event without a sequence cannot guard a projection')
  const older = { _id: id, $or: [{ sequence: { $lt: sequence } }, { sequence: { $exists: false } }] }
  try {
    const result = await model.updateOne(older as never, { $set: { ...change, sequence } } as never, { upsert: true })
    return result.modifiedCount + result.upsertedCount > 0
  } catch (error) {
    // the document exists and is not older: the upsert met its _id
    if (isDuplicateKey(error, '_id_')) return false
    throw error
  }
}
