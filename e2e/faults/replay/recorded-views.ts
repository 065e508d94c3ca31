import { gateway } from '@mpics/contracts'
import { HOUR_MS } from '@mpics/contracts/durations'
import { Chance } from '../load/chance.js'

const PAGES = 500
const HOT_SHARE = 0.2
const BROWSERS_PER_VIEW = 0.1
/** Ends before the hours that may still be open. */
const [FIRST_HOURS_AGO, LAST_HOURS_AGO] = [44, 4]

export type View = ReturnType<typeof gateway.pageViewRecorded.of>['data']

export interface Truth {
  views: number
  byPage: Map<string, { total: number; browsers: Set<string> }>
}

const idOf = (index: number) => `01931f3e-0000-7000-8000-${String(index).padStart(12, '0')}`
const pageOf = (index: number): string => `/photos/${idOf(index)}`
export const HOT_PAGE = pageOf(0)

/** Made-up views, the same for the same number: one page has a fifth of all, and crawlers and prefetches are among them. */
export function* recordedViews(count: number, now: number): Generator<View> {
  const chance = new Chance(count)
  const example = gateway.pageViewRecorded.example
  for (let i = 0; i < count; i++) {
    const index = chance.below(1_000) < HOT_SHARE * 1_000 ? 0 : 1 + Math.min(chance.below(PAGES), chance.below(PAGES))
    const hoursAgo = FIRST_HOURS_AGO - ((FIRST_HOURS_AGO - LAST_HOURS_AGO) * i) / count
    const browser = chance.below(Math.ceil(count * BROWSERS_PER_VIEW))
    yield {
      ...example,
      page: pageOf(index),
      subjectId: idOf(index),
      browserId: chance.below(10) === 0 ? null : `replayed${String(browser).padStart(16, '0')}`,
      country: ['NL', 'DE', 'IS', 'JP', null][chance.below(5)]!,
      bot: chance.below(20) === 0,
      loadKind: chance.below(20) === 0 ? 'prefetch' : 'navigation',
      occurredAt: `${new Date(now - hoursAgo * HOUR_MS).toISOString().slice(0, 19)}Z`,
    }
  }
}

/** Counts them with sets, as no service does. */
export function truthOf(views: Iterable<View>): Truth {
  const truth: Truth = { views: 0, byPage: new Map() }
  for (const { page, browserId, bot, loadKind } of views) {
    if (bot || loadKind !== 'navigation') continue
    truth.views++
    const found = truth.byPage.get(page) ?? { total: 0, browsers: new Set<string>() }
    truth.byPage.set(page, found)
    found.total++
    if (browserId !== null) found.browsers.add(browserId)
  }
  return truth
}
