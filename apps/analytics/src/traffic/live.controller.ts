import { analytics, type ApiAnswer } from '@mpics/contracts'
import { Clock, Endpoint } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { Slices } from './slices.js'
import { isErasedPage, PERSON } from '../view-log/logged-view.js'
import { ViewLogRepository } from '../view-log/view-log.repository.js'

const LIVE_MS = 5 * 60_000
const MAX_STRETCHES = 400
const MAX_VIEWS = 50_000
const MAX_PAGES = 20
const ALL = ''

@Controller()
export class LiveController {
  constructor(
    private readonly log: ViewLogRepository,
    private readonly clock: Clock,
  ) {}

  @Endpoint(analytics.getTrafficLive)
  async live(): Promise<ApiAnswer<typeof analytics.getTrafficLive>> {
    const now = this.clock.now()
    const stretches = await this.log.newest(new Date(now.getTime() - LIVE_MS), MAX_STRETCHES)
    const [site, pages] = [new Slices(ALL), new Slices(ALL)]
    let [since, seen, bots] = [now, 0, 0]
    for (const { views, savedAt } of stretches) {
      if ((seen += views.length) > MAX_VIEWS) break
      since = savedAt
      for (const { kind, page, place } of views) {
        if (kind !== PERSON) bots++
        if (kind !== PERSON) continue
        site.at(ALL).views++
        if (!isErasedPage(page)) pages.at(page).views++
        if (place !== undefined && place !== null) site.at(ALL).visitors.add(place)
      }
    }
    const isWhole = stretches.length < MAX_STRETCHES && seen <= MAX_VIEWS
    const { views, visitors } = site.shown(ALL)
    return {
      since: (isWhole ? new Date(now.getTime() - LIVE_MS) : since).toISOString(),
      ...{ views, visitors, bots },
      pages: pages.mostViewed(MAX_PAGES).map((one) => ({ page: one.value, views: one.views })),
    }
  }
}
