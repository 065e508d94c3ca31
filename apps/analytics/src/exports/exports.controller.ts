import { Readable } from 'node:stream'
import { analytics, type ApiInput } from '@mpics/contracts'
import { checkedInput, Clock, Endpoint, Input, InputInvalidError } from '@mpics/service-kit'
import { Controller, Req, Res, StreamableFile } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { contentTypes, encodeTable } from '../tables/encode-table.js'
import { momentsOf, notBefore } from '../traffic/asked-period.js'
import { AnswerTables, type Table } from './answer-tables.js'
import { ExportPlaces } from './export-places.js'
import { ReadViews, viewColumns } from './read-views.js'

type Query = ApiInput<typeof analytics.exportTraffic>['query']

/** Tables for analysts, written while they are read. */
@Controller()
export class ExportsController {
  constructor(
    private readonly views: ReadViews,
    private readonly answers: AnswerTables,
    private readonly places: ExportPlaces,
    private readonly clock: Clock,
  ) {}

  @Endpoint(analytics.exportTraffic)
  async export(
    @Input() { query }: ApiInput<typeof analytics.exportTraffic>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { of, format } = query
    const stream = await this.places.during(async () => {
      const { columns, rows } = await this.table(query)
      return encodeTable(format, columns, request.method === 'HEAD' ? nothing() : rows)
    })
    void reply.headers({
      ...HEADERS,
      'content-type': contentTypes[format],
      'content-disposition': `attachment; filename="${of}.${format}"`,
    })
    if (request.method !== 'HEAD') return new StreamableFile(stream)
    stream.destroy()
    return new StreamableFile(Readable.from([]))
  }

  private async table({ of, format: _, ...asked }: Query): Promise<Table> {
    const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
    if (of !== 'views') return this.answers.of(of, given)
    return { columns: viewColumns, rows: await this.views.execute(this.periodOf(given)) }
  }

  private periodOf(asked: object) {
    const { from, to = this.clock.now() } = momentsOf(checkedInput(analytics.exportedViews, asked))
    if (from && from >= to) throw new InputInvalidError([notBefore])
    return { from, to }
  }
}

async function* nothing(): AsyncGenerator<never> {
  await Promise.resolve()
}

const HEADERS = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
}
