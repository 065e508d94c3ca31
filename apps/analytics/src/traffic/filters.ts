import type { Dimension } from '../counts/dimension.js'
import { NONE, valueIn } from '../counts/dimension.js'
import { type LoggedView, PERSON } from '../view-log/logged-view.js'

export interface Filters {
  readonly page?: string | undefined
  readonly country?: string | undefined
  readonly referrer?: string | undefined
  readonly browser?: string | undefined
  readonly device?: string | undefined
  readonly bot?: string | undefined
}

const names = ['page', 'country', 'referrer', 'browser', 'device', 'bot'] as const
type FilterName = (typeof names)[number]

const dimensionOf = (name: FilterName) => (name === 'bot' ? 'kind' : name)

/** The filters that are set, by dimension. */
export const conditionsOf = (filters: Filters): { dimension: Exclude<Dimension, 'entry' | 'exit'>; value: string }[] =>
  names.flatMap((name) => {
    const value = filters[name]
    return value === undefined ? [] : [{ dimension: dimensionOf(name), value }]
  })

/** People alone, unless a kind of bot is asked for. */
export function matcherOf(filters: Filters): (view: LoggedView) => boolean {
  const conditions = conditionsOf({ ...filters, bot: filters.bot ?? PERSON })
  return (view) => conditions.every(({ dimension, value }) => (valueIn[dimension](view) ?? NONE) === value)
}
