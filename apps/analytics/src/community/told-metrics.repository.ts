import { AggregateStore, Outbox, type Versioned } from '@mpics/eventing'
import { about, Connection, keptForEver, PersonalData } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { Schema } from 'mongoose'
import type { ToldMetric } from './told-metric.js'

const told = about.open('trend-analysis')
const fields = { _id: told, from: told, told: { from: told, day: told, count: told } }

/** What was told of each metric, and its unpublished events. */
@Injectable()
export class ToldMetricsRepository {
  private readonly store: AggregateStore<ToldMetric>

  constructor(connection: Connection, outbox: Outbox, personalData: PersonalData) {
    const schema = { from: String, told: Schema.Types.Mixed }
    this.store = new AggregateStore<ToldMetric>(connection, { collection: 'community_told', schema, outbox })
    const impersonal = 'numbers of five and more, which are published'
    personalData.register({ store: { collection: 'community_told' }, impersonal, fields, ...keptForEver })
  }

  find(ids: readonly string[]): Promise<Versioned<ToldMetric>[]> {
    return this.store.findMany(ids)
  }

  async save(changes: Parameters<AggregateStore<ToldMetric>['saveMany']>[0]): Promise<void> {
    await this.store.saveMany(changes)
  }
}
