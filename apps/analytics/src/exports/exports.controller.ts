import { Readable } from 'node:stream'
import { analytics, type ApiInput } from '@mpics/contracts'
import { Clock, Endpoint, Input, InputInvalidError } from '@mpics/service-kit'
import { Controller, Req, Res, StreamableFile } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { contentTypes, encodeTable } from '../tables/encode-table.js'
import { ExportPlaces } from './export-places.js'
import { ReadViews, viewColumns } from './read-views.js'

type Query = ApiInput<typeof analytics.exportTraffic>['query']

/** Tables for analysts, written while they are read. */
@Controller()
export class ExportsController {
  constructor(
    private readonly views: ReadViews,
    private readonly places: ExportPlaces,
    private readonly clock: Clock,
  ) {}

  @Endpoint(analytics.exportTraffic)
  async export(
    @Input() { query }: ApiInput<typeof analytics.exportTraffic>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const period = this.periodOf(query)
    void reply.headers({
      ...HEADERS,
      'content-type': contentTypes[query.format],
      'content-disposition': `attachment; filename="${query.of}.${query.format}"`,
    })
    if (request.method === 'HEAD') return new StreamableFile(Readable.from([]))
    return new StreamableFile(
      await this.places.during(async () => encodeTable(query.format, viewColumns, await this.views.execute(period))),
    )
  }

  private periodOf({ from, to }: Query) {
    const end = to === undefined ? this.clock.now() : new Date(to)
    const begin = from === undefined ? undefined : new Date(from)
    if (begin && begin >= end) throw new InputInvalidError([NOT_BEFORE])
    return { from: begin, to: end }
  }
}

const NOT_BEFORE = { path: 'from', code: 'out-of-range', message: '`from` must be before `to`.' }

const HEADERS = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
}
