import { LRUCache } from 'lru-cache'
import { type LoggedView, PERSON } from '../view-log/logged-view.js'

const WINDOW_MS = 30 * 60_000
const MAX_KNOWN = 200_000

/**
 * Tells a view of a page by a browser that looked at it within half an hour before. Takes the views of a page as they came: of two that
 * came in the wrong order, the one that came later is the repeat.
 */
export class Repeats {
  private readonly last = new LRUCache<string, number>({ max: MAX_KNOWN })

  isRepeat({ kind, visitor, page, at }: LoggedView): boolean {
    if (kind !== PERSON || !visitor) return false
    const key = `${visitor} ${page}`
    const before = this.last.get(key)
    this.last.set(key, Math.max(at.getTime(), before ?? 0))
    return before !== undefined && Math.abs(at.getTime() - before) <= WINDOW_MS
  }
}
