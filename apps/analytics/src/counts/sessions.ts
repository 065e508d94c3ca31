import { isErasedPage, type LoggedView, PERSON } from '../view-log/logged-view.js'
import { MAX_VALUES } from './period-count.js'
import { OTHER } from './dimension.js'

export interface SessionCounts {
  readonly sessions: number
  /** Sessions of one view. */
  readonly bounces: number
  readonly seconds: number
  readonly entries: readonly PageCount[]
  readonly exits: readonly PageCount[]
}

export interface PageCount {
  readonly page: string
  readonly count: number
}

interface Visit {
  at: number
  page: string
}

const GAP_MS = 30 * 60_000
const MAX_VISITS = 400_000
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * Finds the sessions that began in a period: views of one browser with less than half an hour between them. Of more visits than fit
 * it keeps those of a share of the browsers, chosen by their names, and multiplies.
 */
export class Sessions {
  private visits = new Map<string, Visit[]>()
  private size = 0
  private share = 1

  add({ kind, visitor, page, at }: LoggedView): void {
    if (kind !== PERSON || !visitor || !this.isKept(visitor)) return
    const visits = this.visits.get(visitor) ?? []
    if (visits.length === 0) this.visits.set(visitor, visits)
    visits.push({ at: at.getTime(), page })
    if (++this.size > MAX_VISITS) this.halve()
  }

  begunBetween(from: Date, to: Date): SessionCounts {
    const begun = [...this.visits.values()]
      .flatMap(sessionsOf)
      .filter((session) => session[0]!.at >= from.getTime() && session[0]!.at < to.getTime())
    const times = begun.map((session) => (session.at(-1)!.at - session[0]!.at) / 1_000)
    return {
      sessions: begun.length * this.share,
      bounces: begun.filter(({ length }) => length === 1).length * this.share,
      seconds: Math.round(times.reduce((sum, time) => sum + time, 0)) * this.share,
      entries: this.pages(begun.map((session) => session[0]!.page)),
      exits: this.pages(begun.map((session) => session.at(-1)!.page)),
    }
  }

  private pages(pages: readonly string[]): PageCount[] {
    return tallied(
      [
        ...Map.groupBy(
          pages.filter((page) => !isErasedPage(page)),
          (page) => page,
        ),
      ].map(([page, all]) => ({ page, count: all.length * this.share })),
    )
  }

  private isKept(visitor: string): boolean {
    return (LETTERS.indexOf(visitor[0]!) * 64 + LETTERS.indexOf(visitor[1]!)) % this.share === 0
  }

  private halve(): void {
    if (this.share >= 2_048) throw new RangeError('more sessions than a share of them fits')
    this.share *= 2
    this.visits = new Map([...this.visits].filter(([visitor]) => this.isKept(visitor)))
    this.size = [...this.visits.values()].reduce((sum, { length }) => sum + length, 0)
  }
}

/** Sums counts of the same page, keeps the most frequent ones, and gathers the others. */
function tallied(counts: readonly PageCount[]): PageCount[] {
  const sums = new Map<string, number>()
  for (const { page, count } of counts) sums.set(page, (sums.get(page) ?? 0) + count)
  const other = sums.get(OTHER) ?? 0
  sums.delete(OTHER)
  const sorted = [...sums]
    .map(([page, count]) => ({ page, count }))
    .sort((a, b) => b.count - a.count || (a.page < b.page ? -1 : 1))
  const rest = sorted.slice(MAX_VALUES - 1).reduce((sum, { count }) => sum + count, other)
  return [...sorted.slice(0, MAX_VALUES - 1), ...(rest > 0 ? [{ page: OTHER, count: rest }] : [])]
}

function sessionsOf(visits: readonly Visit[]): Visit[][] {
  const sessions: Visit[][] = []
  for (const visit of visits.toSorted((a, b) => a.at - b.at)) {
    const current = sessions.at(-1)
    if (current && visit.at - current.at(-1)!.at < GAP_MS) current.push(visit)
    else sessions.push([visit])
  }
  return sessions
}
