import { Injectable } from '@nestjs/common'
import type { Dimension } from '../counts/dimension.js'
import { type Cell, MAX_TRACKED, PeriodCount } from '../counts/period-count.js'
import { Repeats } from '../counts/repeats.js'
import { type PageCount, type SessionCounts, Sessions } from '../counts/sessions.js'
import { Visitors } from '../counts/visitors.js'
import { hoursFrom } from '../view-log/logged-view.js'
import { ViewLogRepository } from '../view-log/view-log.repository.js'
import type { SessionSums } from './cells.repository.js'

export type HourCells = readonly (Cell & Partial<SessionSums>)[]

/** Counts a whole hour from the log. The same views give the same counts, whoever counts and how often. */
@Injectable()
export class CountHour {
  constructor(private readonly log: ViewLogRepository) {}

  /** Views of the hour before tell what is a repeat and goes on; sessions are followed to the end of the hour after. */
  async execute(hour: Date): Promise<HourCells> {
    const [before, end, after] = [hoursFrom(hour, -1), hoursFrom(hour, 1), hoursFrom(hour, 2)]
    const [count, repeats, sessions] = [new PeriodCount(MAX_TRACKED), new Repeats(), new Sessions()]
    for await (const { views } of this.log.during([before, hour, end]))
      for (const view of views) {
        if (view.at < before || view.at >= after) continue
        sessions.add(view)
        if (view.at >= end) continue
        const isRepeat = repeats.isRepeat(view)
        if (view.at >= hour) count.add(view, isRepeat)
      }
    return withSessions(count.result(), sessions.begunBetween(hour, end))
  }
}

function withSessions(cells: readonly Cell[], { entries, exits, ...sums }: SessionCounts): HourCells {
  return [
    ...cells.map((cell) => (cell.dimension === 'site' ? { ...cell, ...sums } : cell)),
    ...entries.map((entry) => cellOf('entry', entry)),
    ...exits.map((exit) => cellOf('exit', exit)),
  ]
}

const cellOf = (dimension: Dimension, { page, count }: PageCount): Cell => ({
  dimension,
  value: page,
  views: count,
  repeats: 0,
  visitors: new Visitors(),
})
