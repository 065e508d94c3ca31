import { DAY_MS } from '@mpics/contracts/durations'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { type Dimension, WHOLE_SITE } from '../counts/dimension.js'
import { bytesOf, type CellCollection, type CellQuery, type StoredCell } from '../hours/cells.repository.js'
import { HoursRepository } from '../hours/hours.repository.js'
import { HOUR_RETENTION_DAYS, HourStateRepository } from '../view-log/hour-state.repository.js'
import type { AskedPeriod } from './asked-period.js'
import type { Reach } from './planned-points.js'
import { daysFrom, localDay } from './zoned-days.js'
import type { Slices } from './slices.js'

const MAX_VALUES = 20_000
const UTC = 'UTC'

export interface AskedCounts {
  readonly period: AskedPeriod
  readonly reach: Reach
}

type Piece = Pick<CellQuery, 'from' | 'to' | 'days' | 'withoutDays'> & { cells: CellCollection }

/** Reads days where they are closed, and hours for the rest. */
@Injectable()
export class StoredCounts {
  constructor(
    private readonly cells: HoursRepository,
    private readonly states: HourStateRepository,
    private readonly clock: Clock,
  ) {}

  /** Adds each cell to the slice that `keyOf` names. A day in which a point begins is read by its hours, for 13 months. */
  async add(
    slices: Slices,
    asked: AskedCounts & { dimension: Dimension; values?: readonly string[]; points?: readonly Date[] },
    keyOf: (cell: StoredCell) => string,
  ): Promise<void> {
    const { dimension, values, points = [] } = asked
    for (const { cells, ...times } of this.pieces(asked, points))
      for await (const cell of cells.of({ dimension, values, ...times })) {
        const slice = slices.at(keyOf(cell))
        slice.views += cell.views
        slice.repeats += cell.repeats
        slice.visitors.mergeBytes(bytesOf(cell.registers))
      }
  }

  async sessions(asked: AskedCounts) {
    const sums = { sessions: 0, bounces: 0, seconds: 0 }
    for (const { cells, from, to } of this.pieces(asked, []))
      for (const cell of await cells.counts({ dimension: 'site', value: WHOLE_SITE, times: { from, to } })) {
        sums.sessions += cell.sessions ?? 0
        sums.bounces += cell.bounces ?? 0
        sums.seconds += cell.seconds ?? 0
      }
    return sums
  }

  async mostViewed(
    asked: AskedCounts,
    dimension: Dimension,
    most: number,
  ): Promise<{ value: string; views: number }[]> {
    const views = new Map<string, number>()
    for (const { cells, from, to } of this.pieces(asked, []))
      for (const found of await cells.mostViewed({ dimension, from, to }, MAX_VALUES))
        views.set(found.value, (views.get(found.value) ?? 0) + found.views)
    const sorted = [...views].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    return sorted.slice(0, most).map(([value, sum]) => ({ value, views: sum }))
  }

  async reach(): Promise<Reach> {
    const now = this.clock.now()
    return {
      keptFrom: localDay(UTC, daysFrom(now, 1 - HOUR_RETENTION_DAYS)),
      closedUntil: await this.states.closedUntil(now),
    }
  }

  private pieces({ period: { from, to }, reach }: AskedCounts, points: readonly Date[]): Piece[] {
    const { keptFrom, closedUntil } = reach
    const closed = localDay(UTC, closedUntil)
    const begin = from.getTime() === localDay(UTC, from).getTime() ? from : daysFrom(localDay(UTC, from), 1)
    const end = new Date(Math.min(localDay(UTC, to).getTime(), closed.getTime()))
    const { hours, days } = this.cells
    if (begin >= end) return [{ cells: hours, from, to }]
    const cut = cutDays(points).filter((day) => day >= keptFrom && day >= begin && day < end)
    return [
      { cells: hours, from, to: begin },
      { cells: days, from: begin, to: end, withoutDays: cut },
      ...(cut.length > 0 ? [{ cells: hours, from: cut[0]!, to: daysFrom(cut.at(-1)!, 1), days: cut }] : []),
      { cells: hours, from: end, to },
    ].filter((piece) => piece.from < piece.to)
  }
}

/** Days (UTC) within which a point begins. */
function cutDays(points: readonly Date[]): Date[] {
  const days = points.filter((at) => at.getTime() % DAY_MS !== 0).map((at) => localDay(UTC, at).getTime())
  return [...new Set(days)].map((day) => new Date(day))
}
