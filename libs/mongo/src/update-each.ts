import mongoose, { type mongo } from 'mongoose'
import type { Session } from './mongo-connection.js'
import { repeated } from './repeated.js'

export interface UpdateOfOne {
  readonly filter: object
  readonly update: object
  readonly upsert?: boolean
}

interface Answer {
  readonly n: number
  readonly writeErrors?: readonly mongo.ErrorDescription[]
}

const DURABLE = { w: 'majority', wtimeout: 10_000 } as const
const MOST = 1_000
/** MongoDB's code for what has more than 16 MiB. */
const TOO_LARGE = 10_334

/**
 * Makes small updates, a thousand to a command or fewer where they are not small, and resolves to how many documents they found or inserted. Of a statement that the driver may
 * repeat, MongoDB keeps a note; these are made twice where an answer was lost, so each has a guard by which it then changes nothing.
 * Throws the first error of a command, with all its `writeErrors`, and `writeConcernError` where no majority has its other statements:
 * these are made, unless they are of a transaction. Later commands are not.
 */
export async function updateEach(
  db: mongo.Db,
  collection: string,
  updates: readonly UpdateOfOne[],
  session?: Session,
): Promise<number> {
  let found = 0
  for (let from = 0; from < updates.length; from += MOST)
    found += await updateHalves(db, collection, updates.slice(from, from + MOST), session)
  return found
}

/** A command that is too large changes nothing, but ends a transaction. To measure each would cost as much as to send it. */
async function updateHalves(
  db: mongo.Db,
  collection: string,
  updates: readonly UpdateOfOne[],
  session?: Session,
): Promise<number> {
  let answer: Answer
  try {
    answer = await updateAll(db, collection, updates, session)
  } catch (error) {
    if (session || updates.length === 1 || !isTooLarge(error)) throw error
    const half = Math.ceil(updates.length / 2)
    const first = await updateHalves(db, collection, updates.slice(0, half))
    return first + (await updateHalves(db, collection, updates.slice(half)))
  }
  const { n, writeErrors = [] } = answer
  // the driver itself throws what has a `writeConcernError`
  if (writeErrors[0]) throw new mongoose.mongo.MongoServerError({ ...writeErrors[0], writeErrors })
  return n
}

/** The driver itself has no room for more than 17 MiB. */
const isTooLarge = (error: unknown): boolean =>
  [TOO_LARGE, 'ERR_OUT_OF_RANGE'].includes((error as { code?: number | string }).code ?? 0)

async function updateAll(
  db: mongo.Db,
  collection: string,
  updates: readonly UpdateOfOne[],
  session?: Session,
): Promise<Answer> {
  const statements = updates.map(({ filter, update, upsert = false }) => ({ q: filter, u: update, upsert }))
  const command = { update: collection, updates: statements, ordered: false }
  const answer = session
    ? await db.command(command, { session })
    : await repeated(() => db.command({ ...command, writeConcern: DURABLE }))
  return answer as unknown as Answer
}
