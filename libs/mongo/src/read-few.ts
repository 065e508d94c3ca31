import type { mongo } from 'mongoose'
import type { Session } from './mongo-connection.js'
import { repeated } from './repeated.js'

export interface FewDocuments {
  readonly collection: string
  readonly filter: Readonly<Record<string, unknown>>
  readonly projection?: Readonly<Record<string, 0 | 1>>
  /** At most so many are read. All must fit into one answer of MongoDB (16 MB). */
  readonly limit: number
  /** The transaction of which it is a part: that is begun anew, and no read of it repeated. */
  readonly session?: Session | undefined
}

/** Reads a few documents as one command: a cursor of the driver takes a third more time than the command within it. */
export async function readFew<D>(db: mongo.Db, wanted: FewDocuments): Promise<D[]> {
  const { collection, filter, projection, limit, session } = wanted
  // MongoDB takes 0 for no limit
  if (limit < 1) return []
  // a first batch has no more than 101 documents where nobody says how many
  const size = { limit, batchSize: limit, singleBatch: true }
  return firstBatch<D>(db, { find: collection, filter, ...(projection && { projection }), ...size }, session)
}

export async function readOne<D>(db: mongo.Db, wanted: Omit<FewDocuments, 'limit'>): Promise<D | null> {
  const [found] = await readFew<D>(db, { ...wanted, limit: 1 })
  return found ?? null
}

/** The same for an aggregation that makes no more than a hundred documents: those of a first answer. */
export const aggregateFew = <D>(db: mongo.Db, collection: string, pipeline: readonly object[]): Promise<D[]> =>
  firstBatch<D>(db, { aggregate: collection, pipeline, cursor: {} })

async function firstBatch<D>(db: mongo.Db, command: Record<string, unknown>, session?: Session): Promise<D[]> {
  const answer = session ? await db.command(command, { session }) : await repeated(() => db.command(command))
  return (answer as unknown as { cursor: { firstBatch: D[] } }).cursor.firstBatch
}
