import type { UpdateOfOne } from '@mpics/mongo'
import type { mongo } from 'mongoose'
import { type DayPart, emptyTally, type Tally } from './tally.js'

/** Up to where a partition is counted, and what it says of the site. */
export interface Place extends Tally {
  end: number
  /** Who changes a tally of the partition changes this, too. */
  version: number
}

/** A tally without what is empty. */
export type Stored<T extends Tally> = Partial<Omit<T, 'sketch' | 'visitors'>> & {
  _id: string
  sketch?: mongo.Binary
  visitors?: mongo.Binary
}

/** Of a page or of a partition. */
export interface Change<T extends Tally> {
  id: string
  before: T
  after: T
  ended: DayPart[]
}

export const unread: Place = { ...emptyTally, end: -1, version: 0 }

export function tallyOf<T extends Tally>(empty: T, { _id, sketch, visitors, ...rest }: Stored<T>): T {
  const bytes = { ...(sketch && { sketch: bytesOf(sketch) }), ...(visitors && { visitors: bytesOf(visitors) }) }
  return { ...empty, ...rest, ...bytes }
}

/** A copy, since the driver's bytes keep its whole answer. */
const bytesOf = ({ buffer }: mongo.Binary) => new Uint8Array(buffer)

export const writeOf = ({ id, before, after }: Change<Tally>): UpdateOfOne => ({
  filter: { _id: id },
  update: { $set: changesOf(before, after) },
  upsert: before === emptyTally,
})

export const guardedWriteOf = ({ id, before, after }: Change<Place>): UpdateOfOne => ({
  filter: { _id: id, version: before.version },
  update: { $set: changesOf(before, after) },
  upsert: before === unread,
})

/** A day of a page has a document for each of its parts, mostly one. */
export const partsOf = ({ id, ended }: Change<Tally>) =>
  ended.map(({ day, since, ...counts }) => ({ _id: `${id} ${day} ${since}`, ...counts }))

function changesOf<T extends Tally>(before: T, after: T): Partial<T> {
  const changes: Partial<T> = {}
  for (const field in after) if (after[field] !== before[field]) changes[field] = after[field]
  return changes
}
