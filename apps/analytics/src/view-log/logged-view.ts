import { HOUR_MS } from '@mpics/contracts/durations'

/** Reasons why a view is in no total, beside those that the event gives. */
export const PERSON = 'person'

/** A view as the log keeps it for thirty days: no id of a browser, no network, and a visitor’s name that ends with the day. */
export interface LoggedView {
  readonly at: Date
  readonly page: string
  /** `person`, or why nobody is counted. */
  readonly kind: string
  readonly crawlerOf: string | null
  readonly referrer: string | null
  readonly country: string | null
  readonly browser: string | null
  readonly os: string | null
  readonly device: string | null
  readonly language: string | null
  readonly agent: string | null
  /** What a sketch takes of its browser; null for an unknown one. */
  readonly place: number | null
  readonly visitor: string | null
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

export const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS)
export const hoursFrom = (at: Date, hours: number): Date => new Date(at.getTime() + hours * HOUR_MS)
