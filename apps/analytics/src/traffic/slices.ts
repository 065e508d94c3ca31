import { Visitors } from '../counts/visitors.js'

export interface Slice {
  views: number
  repeats: number
  readonly visitors: Visitors
}

export interface ShownCounts {
  views: number
  repeats: number
  visitors: number
}

const MAX_KEYS = 50_000

/** Sums of what an answer shows: one for each point, or each value. */
export class Slices {
  private readonly slices = new Map<string, Slice>()

  constructor(private readonly rest: string) {}

  at(key: string): Slice {
    const known = this.slices.get(key)
    if (known) return known
    if (this.slices.size >= MAX_KEYS && key !== this.rest) return this.at(this.rest)
    const slice = { views: 0, repeats: 0, visitors: new Visitors() }
    this.slices.set(key, slice)
    return slice
  }

  shown(key: string): ShownCounts {
    const slice = this.slices.get(key)
    return slice ? shownOf(slice) : { views: 0, repeats: 0, visitors: 0 }
  }

  mostViewed(most: number): (ShownCounts & { value: string })[] {
    return [...this.slices]
      .sort(([a, one], [b, other]) => other.views - one.views || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([value, slice]) => ({ value, ...shownOf(slice) }))
  }
}

const shownOf = ({ views, repeats, visitors }: Slice): ShownCounts => ({
  views,
  repeats,
  visitors: Math.min(visitors.estimate(), views),
})
