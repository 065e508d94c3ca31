import { seeded } from './seeded.js'

export const MINUTE = 60_000
export const HOURS = 4
const VIEWS_AN_HOUR = 6
const SLOT = (60 * MINUTE) / VIEWS_AN_HOUR
const LOG_INS = 3
const OWN_VIEWS = 3

export interface Act {
  at: number
  person: number
  does: 'view' | 'log-in' | 'own-view' | 'log-off'
  page?: number
}

/**
 * People who look at pages all day, so that being there tells nothing of who they are; who log in three times at any moment,
 * look at their own page soon after another, and log off sometimes.
 */
export function dayOf(people: number, seed: number): Act[] {
  const random = seeded(seed)
  const anyTime = () => random() * HOURS * 60 * MINUTE
  const acts = Array.from({ length: people }, (_, person) => {
    const other = () => (person + 1 + Math.floor(random() * (people - 1))) % people
    const views = times(
      HOURS * VIEWS_AN_HOUR,
      (i) => ({ at: (i + random()) * SLOT, does: 'view', page: other() }) as const,
    )
    const logIns = times(LOG_INS, () => ({ at: anyTime(), does: 'log-in' }) as const)
    const last = logIns.reduce((a, b) => (a.at > b.at ? a : b))
    const first = Math.min(...logIns.map(({ at }) => at))
    const seen = views.filter(({ at }) => at > first).slice(0, OWN_VIEWS)
    const own = seen.map(({ at }) => ({ at: at + (10 + random() * 30) * 1000, does: 'own-view' }) as const)
    const end = Math.max(last.at, ...own.map(({ at }) => at)) + random() * 5 * MINUTE
    const off = random() < 0.5 ? [{ at: end, does: 'log-off' } as const] : []
    return [...views, ...logIns, ...own, ...off].map((act): Act => ({ ...act, person }))
  })
  return acts.flat().sort((a, b) => a.at - b.at)
}

const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))

/** As a proxy in front would say it: each person has a network of their own, and all look alike in every other way. */
export const addressOf = (person: number): string => `198.18.${person}.7`
