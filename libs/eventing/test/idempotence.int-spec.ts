import type { Envelope } from '@mpics/contracts'
import { Connection } from '@mpics/mongo'
import mongoose from 'mongoose'
import { EffectInProgressError, EventConsumer, ProcessedEvents, On, ProjectionStore } from '../src/index.js'
import { EventingHarness, eventually, type Replica } from './setup/eventing-harness.js'
import { orderPlaced, ticketPrinted } from './setup/sample-catalogue.js'

const rung: string[] = []
const printed: number[] = []
let brokenBell = 0

@EventConsumer()
class RingBell {
  @On(orderPlaced, { idempotence: 'once' })
  async handle({ data }: Envelope<typeof orderPlaced>): Promise<void> {
    if (brokenBell-- > 0) throw new Error('no sound')
    rung.push(data.orderId)
  }
}

@EventConsumer()
class PrintTicket {
  @On(ticketPrinted, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof ticketPrinted>): Promise<void> {
    printed.push(data.n)
  }
}

describe('idempotence', () => {
  let harness: EventingHarness
  let replica: Replica

  beforeAll(async () => {
    harness = await EventingHarness.open()
    replica = await harness.replica([RingBell], [], { consumer: { retryMs: [20, 50, 100] } })
  })
  afterAll(() => harness.close())

  it('once: a second delivery does nothing, a failed attempt is repeated', async () => {
    brokenBell = 1
    for (let i = 0; i < 3; i++) await harness.writer.event(orderPlaced.of({ orderId: 'a', n: 1 }), { id: 'same' })
    await eventually(() => rung.length > 0)
    await replica.untilIdle()
    expect(rung).toEqual(['a'])
  })

  it('once: two replicas are never at the same effect at once', async () => {
    const processedEvents = replica.app.get(ProcessedEvents)
    const [begun, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const first = processedEvents.once('Bell', 'e1', () => {
      begun.resolve()
      return released.promise
    })
    await begun.promise
    await expect(processedEvents.once('Bell', 'e1', () => Promise.resolve())).rejects.toBeInstanceOf(
      EffectInProgressError,
    )
    released.resolve()
    expect(await first).toBe(true)
    expect(await processedEvents.once('Bell', 'e1', () => Promise.reject(new Error('must not run')))).toBe(false)
  })

  it('once: an effect whose process died is done again when its claim has run out', async () => {
    const entries = replica.app.get(Connection).db!.collection<{ _id: string }>('_inbox')
    await entries.insertOne({ _id: 'Bell:e2', done: false, until: new Date(Date.now() - 1) } as never)
    expect(await replica.app.get(ProcessedEvents).once('Bell', 'e2', () => Promise.resolve())).toBe(true)
    const [expiry] = (await entries.indexes()).filter(({ name }) => name === 'expiry')
    expect(expiry).toMatchObject({ expireAfterSeconds: 0 })
  })

  it('natural: late and double events change nothing', async () => {
    const schema = new mongoose.Schema({ _id: String, n: Number, sequence: Number }, { versionKey: false })
    const model = replica.app.get(Connection).model('shelf', schema)
    const store = new ProjectionStore(model)
    const shown = []
    for (const [i, sequence] of [2, 1, 2, 3].entries()) {
      await store.apply('x', sequence, { n: i })
      shown.push((await model.findById('x').lean())?.n)
    }
    expect(shown).toEqual([0, 0, 0, 3])
    const together = [5, 4, 6, 1, 7].map((sequence) => store.apply('x', sequence, { n: sequence }))
    await Promise.all([...together, ...[2, 1].map((sequence) => store.apply('y', sequence, { n: sequence }))])
    expect(await model.findById('x').lean()).toMatchObject({ n: 7, sequence: 7 })
    expect(await model.findById('y').lean()).toMatchObject({ n: 2, sequence: 2 })
  })

  it('a rebalance repeats nothing that was done, and loses nothing', async () => {
    const one = await harness.replica([PrintTicket])
    const total = 3_000
    const writing = (async () => {
      for (let n = 0; n < total; n += 100) {
        const records = [...Array(100).keys()].map((i) => ({
          key: `k${(n + i) % 50}`,
          value: JSON.stringify({ ticketId: `k${(n + i) % 50}`, n: n + i }),
          headers: { ce_id: `${n + i}`, ce_type: 'kitchen.ticket.printed.v1' },
        }))
        await harness.writer.records('kitchen.ticket', records)
      }
    })()
    const two = await harness.replica([PrintTicket])
    await eventually(() => two.server.health().group === 'joined')
    await two.stop()
    await writing
    await one.untilIdle()
    expect(new Set(printed).size).toBe(total)
    expect(printed.length).toBe(total)
  })
})
