import { Visitors } from '../counts/visitors.js'
import type { Tally, View } from '../tallies/tally.js'

/** Counts views, each of which comes once, to the same tally that they had made when they came. */
export class TallyCount {
  private total = 0
  private ownViews = 0
  private asOf: Date | null = null
  private readonly visitors = new Visitors()
  private readonly offsets: Record<string, number> = {}

  add({ at, place, own, source, offset }: View): void {
    this.total++
    if (own) this.ownViews++
    this.noteTime(at)
    this.offsets[source] = offset
    if (place !== null) this.visitors.add(place)
  }

  /** Adds what another part of its views made. */
  merge({ total, ownViews, asOf, registers, offsets }: Tally): this {
    this.total += total
    this.ownViews += ownViews
    this.noteTime(asOf)
    this.visitors.mergeBytes(registers)
    for (const [source, offset] of Object.entries(offsets))
      this.offsets[source] = Math.max(offset, this.offsets[source] ?? offset)
    return this
  }

  /** `before` may know the offsets of partitions that this has seen no view of. */
  result(before: Readonly<Record<string, number>> = {}): Tally {
    return {
      total: this.total,
      ownViews: this.ownViews,
      unique: Math.min(this.visitors.estimate(), this.total),
      registers: this.visitors.toBytes(),
      offsets: { ...before, ...this.offsets },
      asOf: this.asOf,
    }
  }

  private noteTime(at: Date | null): void {
    if (at !== null && (this.asOf === null || at > this.asOf)) this.asOf = at
  }
}
