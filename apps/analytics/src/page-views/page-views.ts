import { analytics, decide, type Decision, unchanged } from '@mpics/contracts'
import { dayOf } from '../page-days/day.js'
import { isSame } from '../tallies/replacement.js'
import { addViews, emptyTally, type Tally, type View } from '../tallies/tally.js'

/** `id` is the page’s key. Holds no account and no browser (B31). */
export interface PageViews extends Tally {
  readonly id: string
  /** How often its owner looked at the page on the last day that they did; in `total` as well. Absent: never. */
  readonly own?: OwnViews
}

export interface OwnViews {
  readonly day: string
  readonly views: number
}

export const unseenPage = (page: string): PageViews => ({ id: page, ...emptyTally })

/**
 * One event however many views: later totals replace earlier ones. Own views make none, and enter the next one of a later day:
 * a total that grows without a view beside it would say when the owner looked (B31).
 */
export function countViews(page: PageViews, views: readonly View[]): Decision<PageViews> {
  const [own, others] = [views.filter((view) => view.own), views.filter((view) => !view.own)]
  const withOwn = addViews(page, own)
  const counted = addViews(withOwn, others)
  if (counted === page) return unchanged(page)
  const state = { ...counted, id: page.id, ...ownOf(page.own, own, withOwn.total - page.total) }
  return counted === withOwn ? decide(state) : decide(state, told(state))
}

/** Puts what was counted anew in its place, and tells of it where the numbers that are shown are others. */
export function correct(page: PageViews, tally: Tally, own: OwnViews | undefined): Decision<PageViews> {
  const state: PageViews = { id: page.id, ...tally, asOf: tally.asOf ?? page.asOf, ...(own && { own }) }
  const isSameOwn = page.own?.day === own?.day && page.own?.views === own?.views
  if (isSame(page, state) && isSameOwn) return unchanged(page)
  const [before, after] = [shownOf(page), shownOf(state)]
  const isShownAlike = before.total === after.total && before.unique === after.unique
  return isShownAlike || state.asOf === null ? decide(state) : decide(state, told(state))
}

function ownOf(before: OwnViews | undefined, own: readonly View[], counted: number): { own?: OwnViews } {
  if (counted === 0) return before ? { own: before } : {}
  const days = own.map(({ at }) => dayOf(at))
  const day = days.reduce((latest, each) => (each > latest ? each : latest), before?.day ?? '')
  const views = Math.min(counted, days.filter((each) => each === day).length)
  return { own: { day, views: views + (before?.day === day ? before.views : 0) } }
}

function shownOf({ total, unique, asOf, own }: PageViews) {
  const withheld = asOf !== null && own?.day === dayOf(asOf) ? own.views : 0
  const shown = total - withheld
  return { total: shown, unique: Math.min(unique, shown) }
}

const told = (page: PageViews) =>
  analytics.viewTotalUpdated.of({ page: page.id, ...shownOf(page), asOf: page.asOf!.toISOString() })
