import { analytics, type ApiAnswer, type ApiInput } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { AnalyticsConfig } from '../config.js'
import { PageViewsRepository } from './page-views.repository.js'

@Controller()
export class ViewsController {
  constructor(
    private readonly pages: PageViewsRepository,
    private readonly config: AnalyticsConfig,
  ) {}

  /** An unviewed page has zeros; while the operator shows no counts (B17), no page exists. */
  @Endpoint(analytics.getViews)
  async views(@Input() { query }: ApiInput<typeof analytics.getViews>): Promise<ApiAnswer<typeof analytics.getViews>> {
    if (!this.config.ANALYTICS_SHOW_COUNTS) return { items: [] }
    const pages = [...new Set(query.page)]
    const found = new Map((await this.pages.totals(pages)).map((count) => [count.page, count]))
    return { items: pages.map((page) => found.get(page) ?? { page, total: 0, unique: 0 }) }
  }
}
