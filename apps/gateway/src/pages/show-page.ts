import { Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import { Enrichments } from '../compose/enrichments.js'
import type { Views } from '../compose/page-totals.js'
import { MissingParts } from '../failures/missing-parts.js'
import type { ExistingPage } from '../page-views/existing-pages.js'
import { RecordPageView } from '../page-views/record-page-view.js'
import { PageCookies } from '../page-sessions/page-cookies.js'
import { pathOf } from '../routes/request-path.js'
import { layout, type PageContent } from './layout.js'
import { pageHeaders, tokenPageHeaders } from './page-headers.js'

/** Browsers announce that they load a document (Fetch Metadata); other programs do not, and run no scripts. */
const isBrowser = ({ headers }: FastifyRequest) => headers['sec-fetch-dest'] === 'document'

/** Sends a page and counts its view once: by the page’s own script in a browser, else here. */
@Injectable()
export class ShowPage {
  constructor(
    private readonly enrichments: Enrichments,
    private readonly recordPageView: RecordPageView,
    private readonly missing: MissingParts,
    private readonly config: GatewayConfig,
    private readonly cookies: PageCookies,
  ) {}

  async viewsOf(key: string): Promise<Views | null> {
    return (await this.enrichments.views([key]))?.get(key) ?? null
  }

  /** Views count under the key of `page`. Pages that take a token have none and do not count. */
  async execute(
    request: FastifyRequest,
    reply: FastifyReply,
    content: PageContent,
    page?: string | ExistingPage,
  ): Promise<void> {
    const path = pathOf(request)
    const key = typeof page === 'object' ? page.key : page
    const views = content.views === undefined && key !== undefined ? await this.viewsOf(key) : content.views
    if (page !== undefined && !isBrowser(request)) await this.count(typeof page === 'object' ? page : path, request)
    const counting = key !== undefined && isBrowser(request) ? 'by-itself' : 'elsewhere'
    const isMember = this.isMember(request)
    await reply
      .headers(key === undefined || isMember ? tokenPageHeaders : pageHeaders)
      .headers(content.headers ?? {})
      .status(content.status ?? 200)
      .send(layout(content, { path, publicUrl: this.config.PUBLIC_URL, views, counting, isMember }))
  }

  /** Known from the cookie alone: pages for everybody ask nobody whose it is. */
  private isMember({ headers }: FastifyRequest): boolean {
    return this.cookies.sessionIn(headers.cookie) !== undefined
  }

  /** A failure to count does not keep the page from its reader. */
  private async count(page: string | ExistingPage, request: FastifyRequest): Promise<void> {
    if (request.method !== 'GET') return
    const { referer } = request.headers
    const counted =
      typeof page === 'object'
        ? this.recordPageView.executeFor(page, referer, 'served', request)
        : this.recordPageView.execute(page, referer, 'served', request)
    await counted.catch((error: unknown) => this.missing.note('count', error))
  }
}
