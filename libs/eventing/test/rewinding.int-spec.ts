import { type Envelope, gateway } from '@mpics/contracts'
import { HOUR_MS } from '@mpics/contracts/durations'
import { beginRestore, connectMongo, endRestore } from '@mpics/mongo'
import { type Catalogue, createTopics, EventConsumer, On } from '../src/index.js'
import { replayTopic } from '../src/topics/origin.js'
import { EventingHarness, eventually } from './setup/eventing-harness.js'
import { orderPlaced } from './setup/sample-catalogue.js'

const heard: string[] = []

@EventConsumer()
class TakeOrder {
  @On(orderPlaced, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof orderPlaced>): Promise<void> {
    heard.push(data.orderId)
  }
}

@EventConsumer()
class CountOwnViews {
  @On(gateway.ownViewRecorded, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof gateway.ownViewRecorded>): Promise<void> {
    heard.push(data.page)
  }
}

const ownViews: Catalogue = {
  topics: [gateway.ownViewRecorded.topic],
  consumers: [
    { service: 'profiles', event: gateway.ownViewRecorded, reaction: 'x', idempotence: 'natural', delivery: 'shared' },
  ],
}

describe('a group whose database was restored', () => {
  let harness: EventingHarness
  beforeAll(async () => {
    harness = await EventingHarness.open()
    await createTopics(harness.access, { catalogue: ownViews })
    await hearing(['/profiles/own', 'replayed', 'of long ago'], async () => {
      await harness.writer.event(gateway.ownViewRecorded.of({ page: '/profiles/own', day: today() }))
      await harness.writer.records(replayTopic('kitchen.order', 'profiles'), [replayed(order('replayed', 0))])
      await harness.writer.records('kitchen.order', [order('of long ago', 3)])
    })
    heard.length = 0
    await hearing(['new'], async () => {
      await harness.writer.records('kitchen.order', [order('waiting', 2), order('new', 0)])
      await restore()
    })
  })
  afterAll(() => harness.close())

  const hearing = async (expected: string[], before: () => Promise<void>) => {
    await before()
    const replica = await harness.replica([TakeOrder, CountOwnViews])
    await eventually(() => expected.every((one) => heard.includes(one)))
    await replica.untilIdle()
    await replica.stop()
  }
  const restore = async () => {
    const now = new Date()
    const hearFrom = new Date(now.getTime() - HOUR_MS)
    const connection = await connectMongo(harness.mongoUri)
    const id = await beginRestore(connection, 'b1', now)
    await endRestore(connection, id, { backupAt: now, hearFrom, restoredAt: now })
    await connection.close()
  }

  it('hears again what came since, of topics that say only the day and of replayed dead letters, too', () => {
    expect(heard).toEqual(expect.arrayContaining(['/profiles/own', 'replayed', 'new']))
    expect(heard).not.toContain('of long ago')
  })

  it('passes over nothing that it had not heard before', () => {
    expect(heard).toContain('waiting')
  })
})

const today = () => new Date().toISOString().slice(0, '2026-01-31'.length)
const order = (orderId: string, hoursAgo: number) => ({
  ...{ partition: 0, key: orderId, value: JSON.stringify({ orderId, n: 1 }) },
  ...{ headers: { ce_id: orderId, ce_type: orderPlaced.type }, timestamp: String(Date.now() - hoursAgo * HOUR_MS) },
})
const replayed = (record: ReturnType<typeof order>) => ({
  ...record,
  headers: { ...record.headers, dlt_reaction: TakeOrder.name },
})
