import { randomUUID } from 'node:crypto'
import { DAY_MS } from '@mpics/contracts/durations'
import { type AgeOfDocuments, type Connection, type DataEntry, nameOfStore, type PersonalData } from '@mpics/mongo'
import { eventually } from './eventually.js'

/** A sentence for each entry that does not say how long it is kept. */
export const withoutRule = (register: PersonalData): string[] =>
  register
    .entries()
    .filter(({ age, retention }) => age === undefined || retention === undefined)
    .map(({ store }) => `${nameOfStore(store)} does not say how long it is kept: see libs/mongo/src/keeping.ts`)

/** Puts a document that is a day too old into each collection whose documents grow old; resolves to the collections. */
export async function plantOld(connection: Connection, register: PersonalData): Promise<string[]> {
  const planted: string[] = []
  for (const { store, age } of register.entries()) {
    if (!age || !('field' in age) || !('collection' in store)) continue
    await connection.db!.collection<{ _id: string }>(store.collection).insertOne(tooOld(age))
    planted.push(store.collection)
  }
  return planted
}

/** Ids of things are UUIDs, and these are found by how they begin. */
const OLD = 'dddddddd'
const tooOld = ({ field, ms, marks }: AgeOfDocuments) => ({
  _id: OLD + randomUUID().slice(OLD.length),
  version: 1,
  [field]: new Date(Date.now() - DAY_MS - (marks === 'begin' ? ms : 0)),
})

/** Runs the jobs until no document of `plantOld` is left: by them, or by MongoDB’s own removal of what its indexes let expire. */
export async function untilOldIsGone(connection: Connection, register: PersonalData): Promise<void> {
  const jobs = register.entries().filter((entry) => entry.removeOverAge !== undefined)
  await eventually(async () => {
    for (const job of jobs) await job.removeOverAge!(new AbortController().signal)
    const left = await stillThere(connection, register.entries())
    if (left.length > 0) throw new Error(`${left.join(', ')} keep what is too old`)
    return true
  })
}

async function stillThere(connection: Connection, entries: readonly DataEntry[]): Promise<string[]> {
  const names = entries.flatMap(({ store }) => ('collection' in store ? [store.collection] : []))
  const old = { _id: { $gte: `${OLD}-`, $lt: `${OLD}.` } }
  const counts = await Promise.all(
    names.map((name) => connection.db!.collection<{ _id: string }>(name).countDocuments(old)),
  )
  return names.filter((_, i) => counts[i]! > 0)
}
