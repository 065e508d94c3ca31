import { analytics } from '@mpics/contracts'
import { checkedInput } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { z } from 'zod'
import { CommunityController } from '../community/community.controller.js'
import { RequestsController } from '../requests/requests.controller.js'
import { type Column, columnsOf, type Row } from '../tables/columns.js'
import { type Answer, items, listOf } from './answer.js'
import { TrafficAnswers } from './traffic-answers.js'

export interface Table {
  readonly columns: readonly Column[]
  readonly rows: AsyncIterable<Row>
}

const PERIOD: Column = { name: 'period', type: 'STRING', nullable: false }

/** The answers as tables: the very code that answers is asked, so that a table shows what the answer does, and nothing more. */
@Injectable()
export class AnswerTables {
  private readonly answers: Readonly<Record<analytics.ExportedAnswer, Answer>>

  constructor(traffic: TrafficAnswers, requests: RequestsController, community: CommunityController) {
    this.answers = { ...traffic.answers, ...ofRequests(requests), ...ofCommunity(community) }
  }

  async of(name: analytics.ExportedAnswer, asked: object): Promise<Table> {
    const { api, row, ask } = this.answers[name]
    const shown = await ask({ query: checkedInput(api.query, asked) } as never)
    const columns = columnsOf(row as z.ZodObject)
    if (shown.compared === undefined) return { columns, rows: stream(shown.asked) }
    const both = [...inPeriod('asked', shown.asked), ...inPeriod('compared', shown.compared ?? [])]
    return { columns: [PERIOD, ...columns], rows: stream(both) }
  }
}

const ofRequests = (requests: RequestsController) => ({
  errors: listOf(analytics.getTrafficErrors, async (input) => items(await requests.errors(input))),
  latency: listOf(analytics.getTrafficLatency, async (input) => items(await requests.latency(input))),
})

const ofCommunity = (controller: CommunityController) => ({
  community: listOf(analytics.getTrafficCommunity, async (input) => {
    const { items: asked, comparedWith: compared } = await controller.community(input)
    return { asked, compared }
  }),
})

const inPeriod = (period: string, rows: readonly object[]): Row[] => rows.map((row) => ({ period, ...row }))

async function* stream(rows: readonly object[]): AsyncGenerator<Row> {
  yield* await Promise.resolve(rows as readonly Row[])
}
