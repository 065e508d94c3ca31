import type { Connection } from './mongo-connection.js'
import type { DataEntry } from './personal-data.js'

/** A date in each document: of the moment from which its time counts, or of the one at which its time is over. */
export interface AgeOfDocuments {
  readonly ms: number
  readonly field: string
  readonly marks: 'begin' | 'end'
}

export interface AgeOfObjects {
  readonly ms: number
  /** The moments from which their time counts, the oldest first. */
  begun(): AsyncIterable<Date>
}

export type Age = AgeOfDocuments | AgeOfObjects

/** How long an entry of the register is kept: in words, and as a program reads it; null where nothing grows too old. */
export interface Keeping {
  readonly retention: string
  readonly age: Age | null
}

export interface Ages {
  /** Since the oldest record began; 0 where there is none. */
  readonly oldestMs: number
  /** As many as were counted. */
  readonly overAge: number
}

const EVER = new Date(0)
/** More of them say no more. */
const MAX_COUNT = 10_000
/** An operator waits for no longer than this for one count. */
const COUNT_MS = 5_000

/** The range takes dates only, so that an index serves it, a partial one as well. */
const datesOf = (field: string, until?: Date) => ({
  [field]: { $type: 'date', $gte: EVER, ...(until && { $lt: until }) },
})

async function agesOfDocuments(connection: Connection, name: string, age: AgeOfDocuments, now: Date): Promise<Ages> {
  const { field, ms, marks } = age
  const documents = connection.db!.collection(name)
  const [oldest] = await documents
    .find(datesOf(field), { projection: { _id: 0, [field]: 1 }, maxTimeMS: COUNT_MS })
    .sort({ [field]: 1 })
    .limit(1)
    .toArray()
  if (!oldest) return { oldestMs: 0, overAge: 0 }
  const sinceMark = now.getTime() - (oldest[field] as Date).getTime()
  const oldestMs = Math.max(0, marks === 'end' ? sinceMark + ms : sinceMark)
  const limit = new Date(marks === 'end' ? now : now.getTime() - ms)
  const overAge =
    oldestMs > ms ? await documents.countDocuments(datesOf(field, limit), { limit: MAX_COUNT, maxTimeMS: COUNT_MS }) : 0
  return { oldestMs, overAge }
}

async function agesOfObjects(age: AgeOfObjects, now: Date): Promise<Ages> {
  let [oldestMs, overAge] = [0, 0]
  for await (const at of age.begun()) {
    const since = now.getTime() - at.getTime()
    oldestMs = Math.max(oldestMs, since)
    if (since <= age.ms || overAge === MAX_COUNT) break
    overAge += 1
  }
  return { oldestMs, overAge }
}

/** Reads no more than the oldest record, and those that are too old. */
export async function agesOf(connection: Connection, { store, age }: DataEntry, now: Date): Promise<Ages | null> {
  if (!age) return null
  if ('begun' in age) return agesOfObjects(age, now)
  if (!('collection' in store)) throw new TypeError('an age by a field of documents is of a collection')
  return agesOfDocuments(connection, store.collection, age, now)
}
