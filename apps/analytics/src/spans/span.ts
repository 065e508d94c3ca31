import { DAY_MS, HOUR_MS } from '@mpics/contracts/durations'
import type { Dimension } from '../counts/dimension.js'

/** Closed hours of one value, one after the other. */
export interface Span {
  readonly dimension: Dimension
  readonly value: string
  readonly from: Date
  readonly to: Date
}

export interface SpanCounts {
  readonly views: number
  readonly repeats: number
  readonly visitors: number
}

export const numbersOf = ({ views, repeats, visitors }: SpanCounts): number[] => [views, repeats, visitors]

/** The counts of one of those whose numbers stand in turn. */
export const countsAt = (numbers: readonly number[], index: number): SpanCounts => ({
  views: numbers[3 * index]!,
  repeats: numbers[3 * index + 1]!,
  visitors: numbers[3 * index + 2]!,
})

export interface CountedSpan extends Span, SpanCounts {
  /** How often its days had been written before it was counted. */
  readonly writes: number
}

/** Days of a zone, one after the other, as one document: a year of them would be hundreds. */
export interface CountedDays extends Span {
  /** Views, repeats and visitors of each day in turn. */
  readonly counts: readonly number[]
  /** How often any of the days (UTC) had been written before the first of them was counted. */
  readonly writes: number
}

/** Short, since a year of days asks for hundreds: its first hour, and how many there are. */
export const spanIdOf = ({ dimension, value, from, to }: Span): string =>
  `${from.getTime() / HOUR_MS} ${(to.getTime() - from.getTime()) / HOUR_MS} ${dimension} ${value}`

export const daysIdOf = (days: Span): string => `days ${spanIdOf(days)}`

/** It is made of whole days (UTC). */
export const isOfDays = ({ from, to }: Pick<Span, 'from' | 'to'>): boolean =>
  from.getTime() % DAY_MS === 0 && to.getTime() % DAY_MS === 0
