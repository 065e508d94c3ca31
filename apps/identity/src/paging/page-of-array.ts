import { decodeCursor, encodeCursor, InvalidCursorError, type Page, type PageRequest } from '@mpics/mongo'

/** Pages through a list that fits in memory and only grows at its end. */
export function pageOfArray<T>(all: readonly T[], { limit, cursor }: PageRequest): Page<T> {
  const start = cursor === undefined ? 0 : positionOf(cursor)
  const end = start + limit
  return { items: all.slice(start, end), nextCursor: end < all.length ? encodeCursor([end]) : null }
}

function positionOf(cursor: string): number {
  const [position] = decodeCursor(cursor, 1)
  if (!Number.isSafeInteger(position) || (position as number) < 0) throw new InvalidCursorError()
  return position as number
}
