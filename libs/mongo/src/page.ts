import type { Model } from 'mongoose'
import type { CursorSeal, CursorValue } from './cursor.js'
import { sealOf } from './cursor-seals.js'

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

/** A list as its cursors know it: its name and subject, such as `followers` of one profile, and its order. */
export interface ListOrder {
  list: readonly string[]
  sort: SortKeys
}

const nameOf = ({ list, sort }: ListOrder) => JSON.stringify([list, Object.entries(sort)])

/** Matches documents after a cursor: for keys a, b it is (a beyond) or (a equal and b beyond). */
export function afterCursor(seal: CursorSeal, order: ListOrder, cursor: string | undefined): Filter {
  if (cursor === undefined) return {}
  const keys = Object.entries(order.sort)
  const values = seal.open(nameOf(order), cursor)
  const equal = (count: number) => Object.fromEntries(keys.slice(0, count).map(([key], i) => [key, values[i]]))
  return {
    $or: keys.map(([key, direction], i) => ({ ...equal(i), [key]: { [direction === 1 ? '$gt' : '$lt']: values[i] } })),
  }
}

/** Cuts rows to a page; the caller reads `limit + 1` of them. */
export function pageFrom<T>(seal: CursorSeal, order: ListOrder, rows: readonly T[], limit: number): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1) as Record<string, unknown> | undefined
  if (rows.length <= limit || !last) return { items, nextCursor: null }
  const values = Object.keys(order.sort).map((key) => valueAt(last, key))
  return { items, nextCursor: seal.seal(nameOf(order), values) }
}

const valueAt = (row: Record<string, unknown>, path: string): CursorValue =>
  (path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], row) ??
    null) as CursorValue

/** What mongoose's schemas do not select either: it keeps unpublished events, of which only the relay knows, from being read with a document. */
export const WITHOUT_OUTBOX = { _outbox: 0, _tombstoneAt: 0 } as const

export interface ListQuery extends ListOrder {
  filter: Filter
  page: PageRequest
  projection?: Record<string, 0 | 1>
  readConcern?: 'majority'
}

/** Needs an index of the filter's fields followed by the sort's. The filter goes to the driver as it is, uncast. */
export async function paginate<T>(model: Pick<Model<T>, 'collection' | 'db'>, query: ListQuery): Promise<Page<T>> {
  const { filter, sort, page, projection = WITHOUT_OUTBOX, readConcern } = query
  const seal = sealOf(model.db)
  const options = {
    projection,
    sort,
    limit: page.limit + 1,
    ...(readConcern && { readConcern: { level: readConcern } }),
  }
  const found = model.collection.find({ $and: [filter, afterCursor(seal, query, page.cursor)] } as never, options)
  return pageFrom(seal, query, (await found.toArray()) as T[], page.limit)
}
