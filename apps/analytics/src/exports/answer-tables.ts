import { analytics, type ApiDefinition } from '@mpics/contracts'
import { InputInvalidError, inputIssuesOf } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { z } from 'zod'
import { RequestsController } from '../requests/requests.controller.js'
import { type Column, columnsOf, type Row } from '../tables/columns.js'
import { BotsController } from '../traffic/bots.controller.js'
import { LiveController } from '../traffic/live.controller.js'
import { TrafficController } from '../traffic/traffic.controller.js'
import { TrafficListsController } from '../traffic/traffic-lists.controller.js'

export interface Table {
  readonly columns: readonly Column[]
  readonly rows: AsyncIterable<Row>
}

interface Shown {
  asked: readonly object[]
  compared?: readonly object[] | null
}

interface Answer {
  readonly api: ApiDefinition
  /** Of one row. */
  readonly row: z.ZodType
  readonly ask: (input: never) => Promise<Shown>
}

const PERIOD: Column = { name: 'period', type: 'STRING', nullable: false }

/** The answers as tables: the very code that answers is asked, so that a table shows what the answer does, and nothing more. */
@Injectable()
export class AnswerTables {
  private readonly answers: Readonly<Record<analytics.ExportedAnswer, Answer>>

  constructor(
    lists: TrafficListsController,
    traffic: TrafficController,
    bots: BotsController,
    live: LiveController,
    requests: RequestsController,
  ) {
    this.answers = {
      ...ofLists(lists),
      ...ofTraffic(traffic),
      ...ofBots(bots),
      ...ofLive(live),
      ...ofRequests(requests),
    }
  }

  async of(name: analytics.ExportedAnswer, asked: object): Promise<Table> {
    const { api, row, ask } = this.answers[name]
    const query = api.query.safeParse(asked)
    if (!query.success) throw new InputInvalidError(inputIssuesOf(query.error))
    const shown = await ask({ query: query.data } as never)
    const columns = columnsOf(row as z.ZodObject)
    if (shown.compared === undefined) return { columns, rows: stream(shown.asked) }
    const both = [...inPeriod('asked', shown.asked), ...inPeriod('compared', shown.compared ?? [])]
    return { columns: [PERIOD, ...columns], rows: stream(both) }
  }
}

const ofLists = (lists: TrafficListsController) => ({
  pages: listOf(analytics.getTrafficPages, async (input) => items(await lists.pages(input))),
  referrers: listOf(analytics.getTrafficReferrers, async (input) => items(await lists.referrers(input))),
  countries: listOf(analytics.getTrafficCountries, async (input) => items(await lists.countries(input))),
  browsers: listOf(analytics.getTrafficBrowsers, async (input) => items(await lists.browsers(input))),
})

const ofTraffic = (traffic: TrafficController) => ({
  series: listOf(analytics.getTrafficSeries, async (input) => {
    const { items: asked, comparedWith: compared } = await traffic.series(input)
    return { asked, compared }
  }),
  summary: answerOf(analytics.getTrafficSummary, fieldOf(analytics.getTrafficSummary, 'totals'), async (input) => {
    const { totals, comparedWith } = await traffic.summary(input)
    return { asked: [totals], compared: comparedWith && [comparedWith] }
  }),
})

const ofBots = (bots: BotsController) => ({
  bots: listOf(analytics.getTrafficBots, async (input) => items(await bots.bots(input))),
  crawlers: answerOf(analytics.getTrafficBots, elementOf(analytics.getTrafficBots, 'companies'), async (input) => ({
    asked: (await bots.bots(input)).companies,
  })),
})

const ofLive = (live: LiveController) => ({
  live: answerOf(analytics.getTrafficLive, elementOf(analytics.getTrafficLive, 'pages'), async () => ({
    asked: (await live.live()).pages,
  })),
})

const ofRequests = (requests: RequestsController) => ({
  errors: listOf(analytics.getTrafficErrors, async (input) => items(await requests.errors(input))),
  latency: listOf(analytics.getTrafficLatency, async (input) => items(await requests.latency(input))),
})

const inPeriod = (period: string, rows: readonly object[]): Row[] => rows.map((row) => ({ period, ...row }))

function answerOf(api: ApiDefinition, row: z.ZodType, ask: Answer['ask']): Answer {
  return { api, row, ask }
}

function listOf(api: ApiDefinition, ask: Answer['ask']): Answer {
  return answerOf(api, elementOf(api, 'items'), ask)
}

function fieldOf({ answer }: ApiDefinition, name: string): z.ZodType {
  return (answer as z.ZodObject).shape[name] as z.ZodType
}

function elementOf(api: ApiDefinition, name: string): z.ZodType {
  return (fieldOf(api, name) as z.ZodArray<z.ZodType>).element
}

const items = (found: { items: readonly object[] }): Shown => ({ asked: found.items })

async function* stream(rows: readonly object[]): AsyncGenerator<Row> {
  yield* await Promise.resolve(rows as readonly Row[])
}
