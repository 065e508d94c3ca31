import { DEFAULT_LANGUAGE } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import { Enrichments } from '../compose/enrichments.js'
import type { Views } from '../compose/page-totals.js'
import type { ExistingPage } from '../page-views/existing-pages.js'
import { PageCookies } from '../page-sessions/page-cookies.js'
import { pathOf } from '../routes/request-path.js'
import { CountView } from './count-view.js'
import { type Counting, layout, type PageContent } from './layout.js'
import { pageHeaders, tokenPageHeaders } from './page-headers.js'
import { SiteNews } from './site-news.js'

/** The view of a page that exists. `counting` never rejects. */
export interface ShownView {
  readonly key: string
  readonly counting: Promise<Counting>
}

/** Sends a page, and has its view counted. */
@Injectable()
export class ShowPage {
  constructor(
    private readonly enrichments: Enrichments,
    private readonly counting: CountView,
    private readonly config: GatewayConfig,
    private readonly cookies: PageCookies,
    private readonly news: SiteNews,
  ) {}

  async viewsOf(key: string): Promise<Views | null> {
    return (await this.enrichments.views([key]))?.get(key) ?? null
  }

  /** Counts the view of a page that exists while the rest of it is asked for. */
  count(request: FastifyRequest, page: ExistingPage): ShownView {
    return { key: page.key, counting: this.counting.execute(page, request) }
  }

  /** Views count under the key of `page`. Pages that take a token have none and do not count. */
  async execute(
    request: FastifyRequest,
    reply: FastifyReply,
    content: PageContent,
    page?: string | ShownView,
  ): Promise<void> {
    const path = pathOf(request)
    const key = typeof page === 'object' ? page.key : page
    const views = content.views === undefined && key !== undefined ? await this.viewsOf(key) : content.views
    const counting = typeof page === 'object' ? await page.counting : await this.countingOf(page && path, request)
    const isMember = this.isMember(request)
    const news = this.news.in(content.language ?? DEFAULT_LANGUAGE)
    await reply
      .headers(key === undefined || isMember ? tokenPageHeaders : pageHeaders)
      .headers(content.headers ?? {})
      .status(content.status ?? 200)
      .send(layout(content, { path, publicUrl: this.config.PUBLIC_URL, views, counting, isMember, news }))
  }

  private async countingOf(path: string | undefined, request: FastifyRequest): Promise<Counting> {
    return path === undefined ? 'elsewhere' : this.counting.execute(path, request)
  }

  /** Known from the cookie alone: pages for everybody ask nobody whose it is. */
  private isMember({ headers }: FastifyRequest): boolean {
    return this.cookies.sessionIn(headers.cookie) !== undefined
  }
}
