import type { Part } from '../disclosure/publishable.js'
import type { ToldStretch } from '../disclosure/told-days.js'

/** What was told of a page, and is told again to whoever asks later (ADR 88). */
export interface ToldPage {
  readonly page: string
  readonly days: readonly ToldStretch[]
  /** Each is made of whole stretches of days, the last of which ends in that week. */
  readonly weeks: readonly ToldWeek[]
}

export interface ToldWeek {
  readonly from: string
  readonly to: string
  readonly referrers: readonly Part[]
  readonly countries: readonly Part[]
}

export const untoldPage = (page: string): ToldPage => ({ page, days: [], weeks: [] })
