import { analytics } from '@mpics/contracts'
import { OTHER } from '../counts/dimension.js'

export interface Part {
  readonly value: string
  readonly views: number
}

const { smallestPart } = analytics.countingRules
/** One part alone would be told by what is left of the whole. */
const MIN_HIDDEN = 2

/**
 * The parts of a whole that may be told: none is smaller than five, and their sum is the whole. Small parts go into `other`, with as many
 * of the next larger ones as it takes to hide each of them from whoever subtracts (secondary suppression): as many views as hidden parts
 * would say that each has one. Nothing is told of a whole that would have nothing but `other`.
 */
export function publishable(parts: readonly Part[], minHidden = MIN_HIDDEN): Part[] {
  const named = parts.filter(({ value, views }) => value !== OTHER && views > 0).sort(byViews)
  const large = named.filter(({ views }) => views >= smallestPart)
  const gathered = parts.filter(({ value }) => value === OTHER).reduce((sum, { views }) => sum + views, 0)
  let rest = named.slice(large.length).reduce((sum, { views }) => sum + views, gathered)
  let hidden = named.length - large.length + (gathered > 0 ? MIN_HIDDEN : 0)
  if (hidden === 0) return large
  const tells = () => hidden < minHidden || (minHidden > 1 && (rest < smallestPart || rest <= hidden))
  while (tells() && large.length > 0) {
    rest += large.pop()!.views
    hidden++
  }
  if (large.length === 0) return []
  return [...large, { value: OTHER, views: rest }]
}

const byViews = (a: Part, b: Part) => b.views - a.views || (a.value < b.value ? -1 : 1)
