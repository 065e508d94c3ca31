import { Injectable, Logger } from '@nestjs/common'
import type { Dimension } from '../counts/dimension.js'
import { HoursRepository } from '../hours/hours.repository.js'
import {
  type CountedDays,
  type CountedSpan,
  countsAt,
  daysIdOf,
  numbersOf,
  type Span,
  spanIdOf,
} from '../spans/span.js'
import { SpansRepository } from '../spans/spans.repository.js'
import type { WrittenDays } from '../spans/written-days.js'
import type { PlannedPoint } from './planned-points.js'
import type { ShownCounts } from './slices.js'

type Row = readonly PlannedPoint[]

export interface AskedValue {
  readonly dimension: Dimension
  readonly value: string
}

/** Single points, and rows of days that are looked for as a whole. */
export interface Wanted {
  readonly points: readonly PlannedPoint[]
  readonly rows?: readonly Row[]
}

export type Known = Map<PlannedPoint, ShownCounts>

/** Numbers that stand somewhere: of one hour or day in its cell, of others where somebody added them up and nothing has changed since. */
@Injectable()
export class KnownPoints {
  private readonly logger = new Logger('KnownPoints')

  constructor(
    private readonly cells: HoursRepository,
    private readonly spans: SpansRepository,
  ) {}

  async find(asked: AskedValue, wanted: Wanted, written: WrittenDays): Promise<Known> {
    const known: Known = new Map()
    await Promise.all([
      this.readCells(asked, wanted, 'hour', known),
      this.readCells(asked, wanted, 'day', known),
      this.readSpans(asked, wanted, written, known),
    ])
    return known
  }

  /** The answer does not depend on it. */
  async keep(asked: AskedValue, { points, rows = [] }: Wanted, counts: Known, written: WrittenDays): Promise<void> {
    const spans: CountedSpan[] = points
      .filter(({ source }) => source === 'span')
      .map((point) => ({ ...ofPoint(asked, point), ...counts.get(point)!, writes: written.during(point) }))
    const days: CountedDays[] = rows.map((row) => {
      const span = ofRow(asked, row)
      return { ...span, counts: row.flatMap((point) => numbersOf(counts.get(point)!)), writes: written.during(span) }
    })
    try {
      await this.spans.keep([...spans, ...days])
    } catch (err) {
      this.logger.warn({ err }, 'sums of closed hours are not kept: they are added up again')
    }
  }

  private async readCells(asked: AskedValue, { points }: Wanted, source: 'hour' | 'day', known: Known): Promise<void> {
    const wanted = points.filter((point) => point.source === source)
    const [first, last] = [wanted[0], wanted.at(-1)]
    if (!first || !last) return
    const byTime = new Map(wanted.map((point) => [point.from.getTime(), point]))
    const times = hasGap(wanted) ? wanted.map(({ from }) => from) : { from: first.from, to: last.to }
    for (const point of wanted) known.set(point, NOTHING)
    for (const cell of await this.cells[source === 'hour' ? 'hours' : 'days'].counts({ ...asked, times }))
      known.set(byTime.get(cell.at.getTime())!, shownOf(cell))
  }

  private async readSpans(asked: AskedValue, wanted: Wanted, written: WrittenDays, known: Known): Promise<void> {
    const { rows = [], points } = wanted
    const spans = points.filter(({ source }) => source === 'span')
    if (spans.length + rows.length === 0) return
    const spanIds = spans.map((point) => spanIdOf(ofPoint(asked, point)))
    const rowIds = rows.map((row) => daysIdOf(ofRow(asked, row)))
    const found = await this.spans.find([...rowIds, ...spanIds])
    spans.forEach((point, i) => {
      const span = found.get(spanIds[i]!)
      if (span?.writes === written.during(point)) known.set(point, shownOf(span))
    })
    rows.forEach((row, i) => {
      const days = found.get(rowIds[i]!)
      if (days?.writes !== written.during(ofRow(asked, row))) return
      row.forEach((point, day) => known.set(point, countsAt(days.counts!, day)))
    })
  }
}

const hasGap = (points: Row) => points.some(({ from }, i) => i > 0 && from > points[i - 1]!.to)

const NOTHING: ShownCounts = { views: 0, repeats: 0, visitors: 0 }
const shownOf = ({ views, repeats, visitors }: ShownCounts): ShownCounts => ({ views, repeats, visitors })

const ofPoint = ({ dimension, value }: AskedValue, { from, to }: PlannedPoint): Span => ({
  dimension,
  value,
  from,
  to,
})
const ofRow = ({ dimension, value }: AskedValue, row: Row): Span => ({
  dimension,
  value,
  from: row[0]!.from,
  to: row.at(-1)!.to,
})
