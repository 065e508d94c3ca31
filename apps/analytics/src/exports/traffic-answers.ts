import { analytics } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import { BotsController } from '../traffic/bots.controller.js'
import { LiveController } from '../traffic/live.controller.js'
import { TrafficController } from '../traffic/traffic.controller.js'
import { TrafficListsController } from '../traffic/traffic-lists.controller.js'
import { answerOf, elementOf, fieldOf, items, listOf } from './answer.js'

/** The answers that are made of views. */
@Injectable()
export class TrafficAnswers {
  readonly answers

  constructor(lists: TrafficListsController, traffic: TrafficController, bots: BotsController, live: LiveController) {
    this.answers = { ...ofLists(lists), ...ofTraffic(traffic), ...ofBots(bots), ...ofLive(live) }
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
