import { within } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import { MissingParts } from '../failures/missing-parts.js'
import { BareLoads } from '../page-views/bare-loads.js'
import type { ExistingPage } from '../page-views/existing-pages.js'
import { loadKindOf } from '../page-views/load-kind.js'
import type { How } from '../page-views/page-view.js'
import { RecordPageView } from '../page-views/record-page-view.js'
import type { Counting } from './layout.js'

/** Browsers announce that they load a document (Fetch Metadata); other programs do not, and run no scripts. */
const isBrowser = ({ headers }: FastifyRequest) => headers['sec-fetch-dest'] === 'document'

/** Counts each view of a page once: the page itself does in a browser, else the server. */
@Injectable()
export class CountView {
  constructor(
    private readonly recordPageView: RecordPageView,
    private readonly bareLoads: BareLoads,
    private readonly missing: MissingParts,
    private readonly config: GatewayConfig,
  ) {}

  /**
   * Says whether the page is to count itself. One that is fetched ahead, or loaded alone, is told of here, and counts itself once somebody
   * looks at it.
   */
  async execute(page: string | ExistingPage, request: FastifyRequest): Promise<Counting> {
    const [isAhead, isRead] = [loadKindOf(request.headers) !== 'navigation', request.method === 'GET']
    const isBare = isRead && !isAhead && this.bareLoads.isOneMore(request)
    const countsItself = isBrowser(request)
    if (isRead && (isAhead || isBare || !countsItself)) await this.count(page, isBare ? 'bare' : 'served', request)
    return countsItself ? 'by-itself' : 'elsewhere'
  }

  /** Neither a failure to count nor a long wait for Kafka keeps the page from its reader. */
  private async count(page: string | ExistingPage, how: How, request: FastifyRequest): Promise<void> {
    const { referer } = request.headers
    const counted =
      typeof page === 'object'
        ? this.recordPageView.executeFor(page, referer, how, request)
        : this.recordPageView.execute({ page, referrer: referer }, how, request)
    const told = counted.catch((error: unknown) => this.missing.note('count', error))
    await within(this.config.GATEWAY_COMPOSE_TIMEOUT_MS, told).catch(() => undefined)
  }
}
