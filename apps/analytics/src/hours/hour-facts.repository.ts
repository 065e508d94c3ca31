import { analytics, type Envelope } from '@mpics/contracts'
import { AggregateStore, Outbox, tombstone } from '@mpics/eventing'
import { about, Connection, keptForEver, PersonalData } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { Schema } from 'mongoose'
import type { HourCells } from './count-hour.js'
import { type HourFacts, tellHour, toldDimensions, untoldFacts } from './hour-facts.js'

const told = about.open('trend-analysis')
const fields = { _id: told, parts: { value: told, views: told, visitors: told } }

export type ToldCell = Envelope<typeof analytics.trafficHourlyUpdated>['data']

const idsOf = (hour: Date) => toldDimensions.map((dimension) => untoldFacts(hour, dimension).id)

/** What was told of each closed hour, and its unpublished events: one document a dimension. */
@Injectable()
export class HourFactsRepository {
  private readonly store: AggregateStore<HourFacts>

  constructor(connection: Connection, outbox: Outbox, personalData: PersonalData) {
    const schema = { parts: Schema.Types.Mixed }
    this.store = new AggregateStore<HourFacts>(connection, { collection: 'hour_facts', schema, outbox })
    const impersonal = 'numbers of five and more by country, browser and the like, which are published'
    personalData.register({ store: { collection: 'hour_facts' }, impersonal, fields, ...keptForEver })
  }

  /** What is published of an hour, in an order that is always the same. */
  async told(hour: Date): Promise<ToldCell[]> {
    const found = new Map((await this.store.findMany(idsOf(hour))).map((facts) => [facts.id, facts]))
    return toldDimensions.flatMap((dimension) => {
      const parts = found.get(untoldFacts(hour, dimension).id)?.parts ?? []
      return parts.map((part) => ({ hour: hour.toISOString(), dimension, ...part }))
    })
  }

  /** `isNewest` is asked after what was told is read: whoever has newer cells tells afterwards, or this one fails. */
  async tell(hour: Date, cells: HourCells, isNewest: () => Promise<boolean>): Promise<void> {
    const byDimension = Map.groupBy(cells, ({ dimension }) => dimension)
    const known = new Map((await this.store.findMany(idsOf(hour))).map((facts) => [facts.id, facts]))
    if (!(await isNewest())) return
    const gone = (key: string) => tombstone(analytics.trafficHourlyUpdated, key)
    const tell = (dimension: (typeof toldDimensions)[number]) => {
      const untold = untoldFacts(hour, dimension)
      const current = known.get(untold.id) ?? null
      const decision = tellHour(current ?? untold, hour, dimension, byDimension.get(dimension) ?? [], gone)
      return { current, decision }
    }
    const site = tell('site')
    const others = toldDimensions.filter((dimension) => dimension !== 'site').map(tell)
    await this.store.saveMany([site, ...others.filter(({ decision }) => addsUp(decision.state, site.decision.state))])
  }
}

/** What is told first after views came late would tell, beside what was told before, of these few. */
const addsUp = (facts: HourFacts, site: HourFacts): boolean => [0, sumOf(site)].includes(sumOf(facts))
const sumOf = ({ parts }: HourFacts): number => parts.reduce((sum, { views }) => sum + views, 0)
