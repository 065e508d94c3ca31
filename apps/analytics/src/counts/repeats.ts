import { growingTo } from '@mpics/service-kit'
import { LRUCache } from 'lru-cache'
import { type LoggedView, PERSON } from '../view-log/logged-view.js'

const WINDOW_MS = 30 * 60_000
const MAX_KNOWN = 200_000

/** Of views of which none comes half an hour after the one before. */
interface Span {
  from: number
  to: number
}

/**
 * Tells a view of a page by a browser that looked at it within half an hour before. Takes the views of a page as they came: of two that
 * came in the wrong order, the one that came later is the repeat.
 */
export class Repeats {
  private readonly spans = new LRUCache<string, Span[]>(growingTo(MAX_KNOWN))

  /** Spans begin more than half an hour from each other, and visitors have another name each day: there are few. */
  isRepeat({ kind, visitor, page, at }: LoggedView): boolean {
    if (kind !== PERSON || !visitor) return false
    const [key, time] = [`${visitor} ${page}`, at.getTime()]
    const known = this.spans.get(key)
    const near = known?.find(({ from, to }) => time >= from - WINDOW_MS && time <= to + WINDOW_MS)
    if (near) [near.from, near.to] = [Math.min(near.from, time), Math.max(near.to, time)]
    else if (known) known.push({ from: time, to: time })
    else this.spans.set(key, [{ from: time, to: time }])
    return near !== undefined
  }
}
