import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { MissingParts } from '../failures/missing-parts.js'
import type { ExistingPage } from '../page-views/existing-pages.js'
import { RecordPageView } from '../page-views/record-page-view.js'

/** Counts the view of a page that was served. A failure to count does not keep the page from its reader. */
@Injectable()
export class CountView {
  constructor(
    private readonly recordPageView: RecordPageView,
    private readonly missing: MissingParts,
  ) {}

  async execute(page: string | ExistingPage, request: FastifyRequest): Promise<void> {
    if (request.method !== 'GET') return
    const { referer } = request.headers
    const counted =
      typeof page === 'object'
        ? this.recordPageView.executeFor(page, referer, 'served', request)
        : this.recordPageView.execute({ page, referrer: referer }, 'served', request)
    await counted.catch((error: unknown) => this.missing.note('count', error))
  }
}
