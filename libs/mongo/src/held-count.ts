import type { Model } from 'mongoose'
import type { Age } from './age.js'
import type { HeldData } from './personal-data.js'

/** How much of an entry is about one person. */
export interface HeldCount {
  readonly count: number
  /** There are more than were counted. */
  readonly isMore: boolean
  /** When the first and the last of it end by themselves, where a time ends them. */
  readonly endsFrom: Date | null
  readonly endsUntil: Date | null
}

const MAX_COUNTED = 10_000
const MAX_EXPORTED = 1_000

interface Group {
  count: number
  first: Date | null
  last: Date | null
}

/** Counts documents that an index of the filter finds; beyond ten thousand it stops. */
export async function countHeld<T>(model: Model<T>, filter: object, age?: Age | null): Promise<HeldCount> {
  const dated = age && 'field' in age ? age : null
  const lag = dated?.marks === 'begin' ? dated.ms : 0
  const ends = { first: { $min: dated && `$${dated.field}` }, last: { $max: dated && `$${dated.field}` } }
  const stages = [
    { $match: filter },
    { $limit: MAX_COUNTED + 1 },
    { $group: { _id: null, count: { $sum: 1 }, ...ends } },
  ]
  const [found] = await model.collection.aggregate<Group>(stages).toArray()
  const endOf = (at: Date | null | undefined) => (at instanceof Date ? new Date(at.getTime() + lag) : null)
  return { ...bounded(found?.count ?? 0, MAX_COUNTED), endsFrom: endOf(found?.first), endsUntil: endOf(found?.last) }
}

const bounded = (found: number, max: number) => ({ count: Math.min(found, max), isMore: found > max })

/** Null for objects: the records that they belong to count. An entry that cannot count itself is counted by its export, up to a thousand. */
export async function heldCountOf(entry: HeldData, accountId: string): Promise<HeldCount | null> {
  if (entry.count) return entry.count(accountId)
  if ('objects' in entry.store) return null
  let found = 0
  for await (const _record of entry.export(accountId)) if (++found > MAX_EXPORTED) break
  return { ...bounded(found, MAX_EXPORTED), endsFrom: null, endsUntil: null }
}
