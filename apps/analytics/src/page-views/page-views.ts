import { analytics, decide, type Decision, unchanged } from '@mpics/contracts'
import { addViews, emptyTally, type Tally, type View } from '../tallies/tally.js'

/** `id` is the page’s key. Holds no account and no browser (B31). */
export interface PageViews extends Tally {
  readonly id: string
}

export const unseenPage = (page: string): PageViews => ({ id: page, ...emptyTally })

/** One event however many views: later totals replace earlier ones. */
export function countViews(page: PageViews, views: readonly View[]): Decision<PageViews> {
  const counted = addViews(page, views)
  if (counted === page) return unchanged(page)
  const { total, unique, asOf } = counted
  return decide(
    { ...counted, id: page.id },
    analytics.viewTotalUpdated.of({ page: page.id, total, unique, asOf: asOf!.toISOString() }),
  )
}
