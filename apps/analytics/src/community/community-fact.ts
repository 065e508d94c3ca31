import type { analytics } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { dayOf } from '../page-days/day.js'

export type Metric = keyof typeof analytics.communityMetrics.known

/** That somebody did something on a day: neither who, nor with what. */
export interface CommunityFact {
  /** Of its event, by which a repeat is known. */
  readonly id: string
  readonly metric: Metric
  readonly day: string
}

/** No topic repeats a fact that is older, but those that are compacted, and that one was counted in its time. */
export const COUNTED_DAYS = 60

export const daysFrom = (day: string, days: number): string => dayOf(new Date(Date.parse(day) + days * DAY_MS))
export const firstCountedDay = (now: Date): string => daysFrom(dayOf(now), -COUNTED_DAYS)
