import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Envelope } from '@mpics/contracts'
import { Connection } from '@mpics/mongo'
import { ErasedIds, EventConsumer, On } from '../src/index.js'
import { EventingHarness, eventually, type Replica } from './setup/eventing-harness.js'
import { orderPlaced } from './setup/sample-catalogue.js'

const EVENTS = 300
const cooked: string[] = []
const billed: string[] = []

@EventConsumer()
class CookOrder {
  @On(orderPlaced, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof orderPlaced>): Promise<void> {
    cooked.push(data.orderId)
  }
}

@EventConsumer()
class BillOrder {
  @On(orderPlaced, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof orderPlaced>): Promise<void> {
    billed.push(data.orderId)
  }
}

describe('what was erased', () => {
  let harness: EventingHarness
  let replica: Replica
  beforeAll(async () => {
    harness = await EventingHarness.open()
    replica = await harness.replica([CookOrder, BillOrder])
  })
  afterAll(() => harness.close())

  const place = (orderId: string) => harness.writer.event(orderPlaced.of({ orderId, n: 1 }))

  it('is looked for less often than events come, though each reaction wants to know before and after', async () => {
    const looks: unknown[] = []
    const heard = (event: { commandName: string; command: Record<string, unknown> }) => {
      if (event.commandName === 'find' && event.command['find'] === '_erased') looks.push(event.command)
    }
    const client = replica.app.get(Connection).getClient().on('commandStarted', heard)
    const ids = Array.from({ length: EVENTS }, () => randomUUID())
    await Promise.all(ids.map(place))
    await eventually(() => cooked.length === EVENTS && billed.length === EVENTS)
    await replica.untilIdle()
    client.off('commandStarted', heard)
    expect(looks.length).toBeGreaterThan(0)
    expect(looks.length).toBeLessThan(EVENTS)
  })

  it('B52 is heard of no more, by a replica that looked a moment ago and by one that starts', async () => {
    const id = randomUUID()
    await place(id)
    await eventually(() => cooked.includes(id))
    const other = await harness.replica([CookOrder, BillOrder])
    await other.app.get(ErasedIds).remember([id])
    cooked.length = 0
    await place(id)
    const last = randomUUID()
    await place(last)
    await eventually(() => cooked.includes(last))
    await Promise.all([replica, other].map((each) => each.untilIdle()))
    expect(cooked).not.toContain(id)
  })

  it('B52 never stays behind, whenever two replicas look, write and erase', async () => {
    const [first, second] = [replica, await harness.replica([CookOrder, BillOrder])].map(({ app }) =>
      app.get(ErasedIds),
    )
    const shelf = replica.app.get(Connection).db!.collection<{ _id: string; late?: boolean }>('shelf')
    const clear = async (ids: readonly string[]) => void (await shelf.deleteMany({ _id: { $in: [...ids] } }))
    for (const erased of [first!, second!]) erased.onLate(clear)
    const write = async (erased: ErasedIds, id: string) => {
      const [wanted] = await erased.without([id])
      if (!wanted) return
      await delay(Math.random() * 1_500)
      await shelf.updateOne({ _id: id }, { $set: { late: true } }, { upsert: true })
      await erased.recheck([id])
    }
    const writeBesideLook = async (erased: ErasedIds, id: string) => {
      const look = erased.isNamedIn(id)
      await delay(Math.random() * 1_500)
      await shelf.updateOne({ _id: id }, { $set: { late: true } }, { upsert: true })
      await look
      await erased.recheck([id])
    }
    const erase = async (id: string) => {
      await delay(Math.random() * 1_000)
      await second!.remember([id])
      await clear([id])
    }
    const ids = Array.from({ length: 200 }, () => randomUUID())
    const writers = [write, writeBesideLook]
    await Promise.all(ids.flatMap((id, i) => [writers[i % 2]!(first!, id), erase(id)]))
    expect(await shelf.distinct('_id')).toEqual([])
  })
})
