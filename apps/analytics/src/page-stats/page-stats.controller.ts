import { analytics, type ApiAnswer, type ApiInput } from '@mpics/contracts'
import { Clock, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { AnalyticsConfig } from '../config.js'
import { joinedDays } from '../disclosure/joined-days.js'
import { dayOf } from '../page-days/day.js'
import { PageDayRepository } from '../page-days/page-day.repository.js'
import { PageViewsRepository } from '../page-views/page-views.repository.js'
import { PageParts } from './page-parts.js'

type Stats = ApiAnswer<typeof analytics.getPageStats>

const FIRST_DAY = '0000-01-01'
const nothing: Stats = {
  ...{ total: 0, unique: 0, series: [], referrers: [], countries: [] },
  rules: analytics.countingRules.page,
}

@Controller()
export class PageStatsController {
  constructor(
    private readonly pages: PageViewsRepository,
    private readonly days: PageDayRepository,
    private readonly parts: PageParts,
    private readonly config: AnalyticsConfig,
    private readonly clock: Clock,
  ) {}

  /** Today is not told: its stretch could still grow. While the operator shows no counts (B17), there are none. */
  @Endpoint(analytics.getPageStats)
  async stats(@Input() { query }: ApiInput<typeof analytics.getPageStats>): Promise<Stats> {
    if (!this.config.ANALYTICS_SHOW_COUNTS) return nothing
    const { page, interval, from = FIRST_DAY } = query
    const today = dayOf(this.clock.now())
    const to = query.to ?? today
    const [[totals], days, parts] = await Promise.all([
      this.pages.totals([page]),
      this.days.ofPage(page),
      this.parts.of(page, from, to),
    ])
    const past = days.filter(({ day }) => day < today)
    const series = joinedDays(past, interval).filter((point) => point.from >= from && point.to <= to)
    const { total = 0, unique = 0 } = totals ?? {}
    return { ...nothing, total, unique, series, ...parts }
  }
}
