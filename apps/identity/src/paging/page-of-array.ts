import type { CursorSeal, Page, PageRequest } from '@mpics/mongo'

/** Pages through a list that fits in memory and only grows at its end. `list` names it and its subject. */
export function pageOfArray<T>(
  all: readonly T[],
  { limit, cursor }: PageRequest,
  { seal, list }: { seal: CursorSeal; list: string },
): Page<T> {
  const start = cursor === undefined ? 0 : (seal.open(list, cursor)[0] as number)
  const end = start + limit
  return { items: all.slice(start, end), nextCursor: end < all.length ? seal.seal(list, [end]) : null }
}
