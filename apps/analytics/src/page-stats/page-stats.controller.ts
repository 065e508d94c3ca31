import { analytics, type ApiAnswer, type ApiInput } from '@mpics/contracts'
import { Endpoint, Input, InputInvalidError } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { AnalyticsConfig } from '../config.js'
import { longerStretches } from '../disclosure/joined-days.js'
import type { Part } from '../disclosure/publishable.js'
import { PageViewsRepository } from '../page-views/page-views.repository.js'
import { mostViewed } from './page-parts.js'
import { TellPage } from './tell-page.js'

type Stats = ApiAnswer<typeof analytics.getPageStats>

const [FIRST_DAY, LAST_DAY] = ['0000-01-01', '9999-12-31']
const MAX_PARTS = 40
const hidden: Stats = {
  ...{ total: null, unique: null, series: [], referrers: [], countries: [] },
  rules: analytics.countingRules.page,
}

@Controller()
export class PageStatsController {
  constructor(
    private readonly pages: PageViewsRepository,
    private readonly tell: TellPage,
    private readonly config: AnalyticsConfig,
  ) {}

  /** While the operator shows no counts (B17), there are none. */
  @Endpoint(analytics.getPageStats)
  async stats(@Input() { query }: ApiInput<typeof analytics.getPageStats>): Promise<Stats> {
    const { page, interval, from = FIRST_DAY, to = LAST_DAY } = query
    if (from > to) throw new InputInvalidError([notBefore])
    if (!this.config.ANALYTICS_SHOW_COUNTS) return hidden
    const [[totals], told] = await Promise.all([this.pages.totals([page]), this.tell.execute(page)])
    const isAsked = (time: { from: string; to: string }) => time.from >= from && time.to <= to
    const series = longerStretches(told.days, interval).filter(isAsked)
    const weeks = told.weeks.filter(isAsked)
    const { total = 0, unique = 0 } = totals ?? {}
    const referrers = sum(weeks.flatMap((week) => week.referrers))
    return { ...hidden, total, unique, series, referrers, countries: sum(weeks.flatMap((week) => week.countries)) }
  }
}

const notBefore = { path: 'from', code: 'out-of-range', message: '`from` must not be after `to`.' }

/** Sums of what each week told: sums of other parts would tell by subtraction. */
function sum(parts: readonly Part[]): Part[] {
  const sums = [...Map.groupBy(parts, ({ value }) => value)].map(([value, all]) => ({
    value,
    views: all.reduce((views, part) => views + part.views, 0),
  }))
  return mostViewed(sums, MAX_PARTS)
}
