import type { Model } from 'mongoose'

const SLICE = 1_000

/** Some at a time: one command for a great many would take longer than a command may. Resolves to how many it deleted. */
export async function deleteInSlices<T>({ collection }: Model<T>, filter: object): Promise<number> {
  for (let deleted = 0; ;) {
    const found = await collection.find(filter, { projection: { _id: 1 }, limit: SLICE }).toArray()
    const slice = { ...filter, _id: { $in: found.map(({ _id }) => _id) } }
    if (found.length > 0) deleted += (await collection.deleteMany(slice)).deletedCount
    if (found.length < SLICE) return deleted
  }
}
