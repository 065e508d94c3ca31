import { HOUR_MS } from '@mpics/contracts/durations'

/** Reasons why a view is in no total, beside those that the event gives. */
export const PERSON = 'person'

/**
 * A view as the log keeps it for thirty days: no id of a browser, no network, and a visitor’s name that ends with the day. Absent stands for
 * null, which most fields of most views are.
 */
export interface LoggedView {
  readonly at: Date
  readonly page: string
  /** `person`, or why nobody is counted. */
  readonly kind: string
  readonly crawlerOf?: string | null
  readonly referrer?: string | null
  readonly country?: string | null
  readonly browser?: string | null
  readonly os?: string | null
  readonly device?: string | null
  readonly language?: string | null
  readonly agent?: string | null
  /** What a sketch takes of its browser; absent for an unknown one. */
  readonly place?: number | null
  readonly visitor?: string | null
}

const ERASED = 'erased:'

/** Stands for a page that was erased; `id` is of no other use. */
export const erasedPage = (id: string): string => `${ERASED}${id}`
export const isErasedPage = (page: string): boolean => page.startsWith(ERASED)

/** Its offset counts within `source`. */
export interface PlacedView {
  readonly source: string
  readonly offset: number
  readonly view: LoggedView
}

/** Hours since 1970: thousands of views are compared by it. */
export const hourNumberOf = (at: Date): number => Math.floor(at.getTime() / HOUR_MS)
export const hourOf = (at: Date): Date => new Date(hourNumberOf(at) * HOUR_MS)
export const hoursFrom = (at: Date, hours: number): Date => new Date(at.getTime() + hours * HOUR_MS)

/** Of all these views, each once. */
export function hoursAmong(views: readonly Pick<LoggedView, 'at'>[]): Date[] {
  const numbers = new Set<number>()
  for (const { at } of views) numbers.add(hourNumberOf(at))
  return Array.from(numbers, (number) => new Date(number * HOUR_MS))
}
