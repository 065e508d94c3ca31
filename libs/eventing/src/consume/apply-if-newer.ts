import type { Model } from 'mongoose'
import { isDuplicateKey } from '@mpics/mongo'

/** Matches what shows an earlier event than this one, or none. `field`: where the sequence is remembered. */
export const olderThan = (sequence: number, field = 'sequence') => ({
  $or: [{ [field]: { $lt: sequence } }, { [field]: { $exists: false } }],
})

/**
 * Writes what an event says into a projection, unless the projection shows a later one. The document remembers the sequence as
 * `sequence`; late and second events change nothing. Resolves to whether it was written. A projection that can be rebuilt
 * writes through `ProjectionStore`, which guards in the same way.
 */
export async function applyIfNewer(
  model: Pick<Model<never>, 'updateOne'>,
  id: string,
  sequence: number | undefined,
  change: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const older = { _id: id, ...olderThan(required(sequence)) }
  try {
    const result = await model.updateOne(older as never, { $set: { ...change, sequence } } as never, { upsert: true })
    return result.modifiedCount + result.upsertedCount > 0
  } catch (error) {
    // the document exists and is not older: the upsert met its _id
    if (isDuplicateKey(error, '_id_')) return false
    throw error
  }
}

export function required(sequence: number | undefined): number {
  if (sequence === undefined) throw new TypeError('an event without a sequence cannot guard a projection')
  return sequence
}
