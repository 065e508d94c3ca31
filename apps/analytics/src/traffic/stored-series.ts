import { Injectable, Logger } from '@nestjs/common'
import type { Dimension } from '../counts/dimension.js'
import { HoursRepository } from '../hours/hours.repository.js'
import { type CountedSpan, type Span, spanIdOf } from '../spans/span.js'
import { SpansRepository } from '../spans/spans.repository.js'
import { WrittenDaysRepository } from '../spans/written-days.repository.js'
import type { WrittenDays } from '../spans/written-days.js'
import type { AskedPeriod } from './asked-period.js'
import { type PlannedPoint, plannedPoints, runsOf } from './planned-points.js'
import { pointIndex } from './series-points.js'
import { type ShownCounts, Slices } from './slices.js'
import { StoredCounts } from './stored-counts.js'

export interface AskedSeries {
  readonly period: AskedPeriod
  readonly dimension: Dimension
  readonly value: string
  readonly points: readonly Date[]
}

type Known = Map<PlannedPoint, ShownCounts>

/** Reads the number of a point where it stands, and adds cells up for the others: once where they are closed. */
@Injectable()
export class StoredSeries {
  private readonly logger = new Logger('StoredSeries')

  constructor(
    private readonly stored: StoredCounts,
    private readonly cells: HoursRepository,
    private readonly spans: SpansRepository,
    private readonly written: WrittenDaysRepository,
  ) {}

  /** How often days were written is read before their cells: a span of cells that are replaced meanwhile is old at once. */
  async of(asked: AskedSeries): Promise<ShownCounts[]> {
    const points = plannedPoints(asked.period, asked.points, await this.stored.reach())
    const written = await this.written.during(asked.period)
    const parts = [
      this.ofCells(asked, points, 'hour'),
      this.ofCells(asked, points, 'day'),
      this.counted(asked, points, written),
    ]
    const known: Known = new Map((await Promise.all(parts)).flatMap((part) => [...part]))
    const added: Known = new Map()
    for (const run of runsOf(points, (point) => !known.has(point)))
      for (const [point, counts] of await this.added(asked, run)) added.set(point, counts)
    const counts = points.map((point) => known.get(point) ?? added.get(point)!)
    if (counts.some(({ views }) => views > 0)) await this.keep(asked, added, written)
    return counts
  }

  /** Of a value that cells hold: what else may be asked for is whatever somebody typed. The answer does not depend on it. */
  private async keep(asked: AskedSeries, added: Known, written: WrittenDays): Promise<void> {
    try {
      await this.spans.keep([...added].flatMap(([point, counts]) => spanOf(asked, point, counts, written)))
    } catch (err) {
      this.logger.warn({ err }, 'sums of closed hours are not kept: they are added up again')
    }
  }

  private async ofCells(
    { dimension, value }: AskedSeries,
    all: readonly PlannedPoint[],
    source: 'hour' | 'day',
  ): Promise<Known> {
    const points = all.filter((point) => point.source === source)
    const known: Known = new Map(points.map((point) => [point, NOTHING]))
    const [first, last] = [points[0], points.at(-1)]
    if (!first || !last) return known
    const cells = this.cells[source === 'hour' ? 'hours' : 'days']
    const byTime = new Map(points.map((point) => [point.from.getTime(), point]))
    for (const cell of await cells.counts({ dimension, value, from: first.from, to: last.to })) {
      const point = byTime.get(cell.at.getTime())
      if (point) known.set(point, shownOf(cell))
    }
    return known
  }

  /** Of spans that nothing has changed since they were counted. */
  private async counted(asked: AskedSeries, all: readonly PlannedPoint[], written: WrittenDays): Promise<Known> {
    const points = all.filter(({ source }) => source === 'span')
    if (points.length === 0) return new Map()
    const ids = points.map((point) => spanIdOf(ofValue(asked, point)))
    const found = await this.spans.find(ids)
    return new Map(
      points.flatMap((point, i) => {
        const span = found.get(ids[i]!)
        return span?.writes === written.during(point) ? [[point, shownOf(span)] as const] : []
      }),
    )
  }

  private async added({ period, dimension, value }: AskedSeries, run: readonly PlannedPoint[]): Promise<Known> {
    const [slices, points] = [new Slices(''), run.map(({ from }) => from)]
    const time = { ...period, from: points[0]!, to: run.at(-1)!.to }
    await this.stored.add(slices, { period: time, dimension, values: [value], points }, ({ at }) =>
      String(pointIndex(points, at)),
    )
    return new Map(run.map((point, i) => [point, slices.shown(String(i))]))
  }
}

const NOTHING: ShownCounts = { views: 0, repeats: 0, visitors: 0 }
const shownOf = ({ views, repeats, visitors }: ShownCounts): ShownCounts => ({ views, repeats, visitors })

const ofValue = ({ dimension, value }: AskedSeries, { from, to }: PlannedPoint): Span => ({
  dimension,
  value,
  from,
  to,
})

function spanOf(asked: AskedSeries, point: PlannedPoint, counts: ShownCounts, written: WrittenDays): CountedSpan[] {
  if (point.source !== 'span') return []
  return [{ ...ofValue(asked, point), ...counts, writes: written.during(point) }]
}
