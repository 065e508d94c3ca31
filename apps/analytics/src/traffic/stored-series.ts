import { Injectable } from '@nestjs/common'
import { WrittenDaysRepository } from '../spans/written-days.repository.js'
import type { AskedPeriod } from './asked-period.js'
import { dayRowsOf } from './day-rows.js'
import { type AskedValue, type Known, KnownPoints } from './known-points.js'
import { type PlannedPoint, plannedPoints, type Reach, runsOf } from './planned-points.js'
import { pointIndex } from './series-points.js'
import { type ShownCounts, Slices } from './slices.js'
import { StoredCounts } from './stored-counts.js'

export interface AskedSeries extends AskedValue {
  readonly period: AskedPeriod
  readonly reach: Reach
  readonly points: readonly Date[]
}

/** Reads the number of a point where it stands, and adds cells up for the others: once where they are closed. */
@Injectable()
export class StoredSeries {
  constructor(
    private readonly stored: StoredCounts,
    private readonly known: KnownPoints,
    private readonly written: WrittenDaysRepository,
  ) {}

  /** How often days were written is read before their cells: a span of cells that are replaced meanwhile is old at once. */
  async of(asked: AskedSeries): Promise<ShownCounts[]> {
    const written = await this.written.during(asked.period)
    const points = plannedPoints(asked.period, asked.points, asked.reach)
    const rows = dayRowsOf(points)
    const inRows = new Set(rows.flat())
    const single = { points: points.filter((point) => !inRows.has(point)), rows }
    const known = await this.known.find(asked, single, written)
    const missing = rows.filter((row) => !known.has(row[0]!))
    if (missing.length > 0)
      for (const [point, counts] of await this.known.find(asked, { points: missing.flat() }, written))
        known.set(point, counts)
    const added = points.filter((point) => !known.has(point))
    for (const run of runsOf(points, (point) => !known.has(point))) await this.add(asked, run, known)
    const counts = points.map((point) => known.get(point)!)
    // of a value that cells hold: what else may be asked for is whatever somebody typed
    if (counts.some(({ views }) => views > 0) && added.length + missing.length > 0)
      await this.known.keep(asked, { points: added, rows: missing }, known, written)
    return counts
  }

  private async add({ period, reach, dimension, value }: AskedSeries, run: readonly PlannedPoint[], known: Known) {
    const [slices, points] = [new Slices(''), run.map(({ from }) => from)]
    const time = { ...period, from: points[0]!, to: run.at(-1)!.to }
    await this.stored.add(slices, { period: time, reach, dimension, values: [value], points }, ({ at }) =>
      String(pointIndex(points, at)),
    )
    run.forEach((point, i) => known.set(point, slices.shown(String(i))))
  }
}
