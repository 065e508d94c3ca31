import { analytics, decide, type Decision, type NewEvent, unchanged } from '@mpics/contracts'
import type { Cell } from '../counts/period-count.js'
import { publishable } from '../disclosure/publishable.js'
import type { Dimension } from '../counts/dimension.js'

/** What is told of one dimension of one hour. */
export interface HourFacts {
  /** The hour and the dimension. */
  readonly id: string
  readonly parts: readonly ToldPart[]
}

interface ToldPart {
  readonly value: string
  readonly views: number
  readonly visitors: number | null
}

const { smallestPart } = analytics.countingRules

export const toldDimensions = Object.keys(analytics.trafficDimensions.known) as (Dimension &
  keyof typeof analytics.trafficDimensions.known)[]

export const untoldFacts = (hour: Date, dimension: Dimension): HourFacts => ({
  id: `${hour.toISOString()} ${dimension}`,
  parts: [],
})

/** An hour that is counted again is told again only where no part changes by less than five: a small step would tell of few. */
export function tellHour(
  facts: HourFacts,
  hour: Date,
  dimension: Dimension,
  cells: readonly Cell[],
  tombstone: (key: string) => NewEvent,
): Decision<HourFacts> {
  const told = new Map(facts.parts.map((part) => [part.value, part]))
  // a part that is not told again stays as it was told
  const parts = partsOf(cells).map((part) =>
    told.get(part.value)?.views === part.views ? told.get(part.value)! : part,
  )
  const before = new Map(facts.parts.map((part) => [part.value, part.views]))
  const after = new Map(parts.map((part) => [part.value, part.views]))
  const values = [...new Set([...before.keys(), ...after.keys()])]
  const steps = values.map((value) => Math.abs((after.get(value) ?? 0) - (before.get(value) ?? 0)))
  const isTold = facts.parts.length > 0
  if (steps.every((step) => step === 0) || (isTold && steps.some((step) => step > 0 && step < smallestPart)))
    return unchanged(facts)
  const at = { hour: hour.toISOString(), dimension }
  const changed = parts.filter(({ value, views }) => before.get(value) !== views)
  const gone = values.filter((value) => !after.has(value))
  return decide(
    { ...facts, parts },
    ...changed.map((part) => analytics.trafficHourlyUpdated.of({ ...at, ...part })),
    ...gone.map((value) => tombstone(`${at.hour} ${dimension} ${value}`)),
  )
}

function partsOf(cells: readonly Cell[]): ToldPart[] {
  const visitors = new Map(cells.map((cell) => [cell.value, Math.min(cell.visitors.estimate(), cell.views)]))
  const parts = publishable(cells)
  const isWhole = parts.length === cells.length && [...visitors.values()].every((count) => count >= smallestPart)
  return parts.map(({ value, views }) => ({ value, views, visitors: isWhole ? visitors.get(value)! : null }))
}
