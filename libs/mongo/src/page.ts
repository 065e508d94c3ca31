import type { Model } from 'mongoose'
import { type CursorValue, decodeCursor, encodeCursor } from './cursor.js'

export interface PageRequest {
  limit: number
  cursor?: string
}

export interface Page<T> {
  items: T[]
  nextCursor: string | null
}

/** The last key must be unique (`_id`): a page could otherwise skip items with equal keys. */
export type SortKeys = Readonly<Record<string, 1 | -1>>
export type Filter = Readonly<Record<string, unknown>>

/** Matches documents after a cursor: for keys a, b it is (a beyond) or (a equal and b beyond). */
export function afterCursor(sort: SortKeys, cursor: string | undefined): Filter {
  if (cursor === undefined) return {}
  const keys = Object.entries(sort)
  const values = decodeCursor(cursor, keys.length)
  const equal = (count: number) => Object.fromEntries(keys.slice(0, count).map(([key], i) => [key, values[i]]))
  return {
    $or: keys.map(([key, direction], i) => ({ ...equal(i), [key]: { [direction === 1 ? '$gt' : '$lt']: values[i] } })),
  }
}

/** Cuts rows to a page; the caller reads `limit + 1` of them. */
export function pageFrom<T>(rows: readonly T[], limit: number, sort: SortKeys): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1) as Record<string, unknown> | undefined
  if (rows.length <= limit || !last) return { items, nextCursor: null }
  return { items, nextCursor: encodeCursor(Object.keys(sort).map((key) => valueAt(last, key))) }
}

const valueAt = (row: Record<string, unknown>, path: string): CursorValue =>
  (path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], row) ??
    null) as CursorValue

/** Needs an index of the filter's fields followed by the sort's. */
export async function paginate<T>(
  model: Pick<Model<T>, 'find'>,
  query: {
    filter: Filter
    sort: SortKeys
    page: PageRequest
    projection?: Record<string, 0 | 1>
    readConcern?: 'majority'
  },
): Promise<Page<T>> {
  const { filter, sort, page, projection, readConcern } = query
  const rows = await model
    .find(
      { $and: [filter, afterCursor(sort, page.cursor)] } as never,
      projection,
      readConcern && { readConcern: { level: readConcern } },
    )
    .sort(sort)
    .limit(page.limit + 1)
    .lean<T[]>()
  return pageFrom(rows, page.limit, sort)
}
