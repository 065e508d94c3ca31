import { EventingState } from '@mpics/eventing'
import { Connection, pingMongo } from '@mpics/mongo'
import type { INestApplication } from '@nestjs/common'
import { Health } from './health.js'

/** What every service needs to live and to serve: its database, and being heard by, and hearing from, Kafka. */
export function addHealthChecks(app: INestApplication, hasDatabase: boolean): void {
  const health = app.get(Health)
  const events = app.get(EventingState)
  if (hasDatabase) health.addReadiness('mongodb', () => pingMongo(app.get(Connection)))
  health.addLiveness('events', async () => {
    const { live, silentMs } = await events.health()
    if (!live) throw new Error(`nothing was heard from Kafka for ${Math.round(silentMs / 1000)} s`)
  })
  health.addReadiness('events', async () => {
    const { ready, group, replica, missingTopics } = await events.health()
    if (!ready)
      throw new Error(
        missingTopics.length ? `missing topics: ${missingTopics.join(', ')}` : `group ${group}, replica ${replica}`,
      )
  })
}
