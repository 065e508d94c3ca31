import { analytics } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AnalyticsConfig } from '../config.js'
import type { HourFile } from '../hour-files/hour-file.js'
import { HourFactsRepository } from '../hours/hour-facts.repository.js'
import { type Column, columnsOf, type Row } from '../tables/columns.js'
import { LOG_DAYS } from '../view-log/view-log.repository.js'
import { hoursFrom } from '../view-log/logged-view.js'
import { loggedViewColumns, LoggedViews } from './logged-views.js'

export interface HourRows {
  readonly columns: readonly Column[]
  readonly rows: AsyncIterable<Row>
}

const toldColumns = columnsOf(analytics.trafficHourlyUpdated.schema)

export const firstKept = (now: Date): Date => hoursFrom(now, -24 * LOG_DAYS)

/** What an object of the lake has to hold now: a function of what is stored, whoever asks and how often. */
@Injectable()
export class HourTableRows {
  constructor(
    private readonly facts: HourFactsRepository,
    private readonly views: LoggedViews,
    private readonly config: AnalyticsConfig,
    private readonly clock: Clock,
  ) {}

  of({ table, hour }: HourFile): HourRows {
    if (table === 'traffic-hourly') return { columns: toldColumns, rows: this.told(hour) }
    const isKept = this.config.ANALYTICS_LAKE_VIEWS && hour >= firstKept(this.clock.now())
    return { columns: loggedViewColumns, rows: isKept ? this.views.during(hour) : nothing() }
  }

  private async *told(hour: Date): AsyncGenerator<Row> {
    for (const cell of await this.facts.told(hour)) yield { ...cell }
  }
}

async function* nothing(): AsyncGenerator<never> {
  await Promise.resolve()
}
