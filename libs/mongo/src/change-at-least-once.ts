import type { mongo } from 'mongoose'
import { repeated } from './repeated.js'

export interface ChangeOfOne {
  readonly collection: string
  readonly filter: Readonly<Record<string, unknown>>
  readonly sort: Readonly<Record<string, 1 | -1>>
  readonly projection: Readonly<Record<string, 0 | 1>>
  /** An aggregation over the document. */
  readonly change: readonly object[]
}

/**
 * Changes the first document as one command, which waits for no majority, and resolves to what it was. For a write that the
 * driver may repeat, MongoDB keeps its number and the former document; this one changes a document twice where a primary
 * changed it and stepped down without an answer.
 */
export async function changeAtLeastOnce<D>(db: mongo.Db, wanted: ChangeOfOne): Promise<D | null> {
  const { collection, filter, sort, projection, change } = wanted
  const command = { findAndModify: collection, query: filter, sort, fields: projection, update: change }
  const { value } = await repeated(() => db.command({ ...command, writeConcern: { w: 1 } }))
  return value as D | null
}
