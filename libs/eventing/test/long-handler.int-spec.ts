import type { Consumer } from 'kafkajs'
import type { Envelope } from '@mpics/contracts'
import { EventConsumer, On } from '../src/index.js'
import { Bench, eventually } from './setup/bench.js'
import { orderPlaced } from './setup/kitchen.js'

/** The shortest that a broker allows. */
const SESSION_MS = 6_000
/** Done at once. */
const TOAST = 'toast'
const began: number[] = []
const done = Promise.withResolvers<void>()

@EventConsumer()
class RoastOnOrder {
  @On(orderPlaced, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof orderPlaced>): Promise<void> {
    if (data.orderId === TOAST) return
    began.push(performance.now())
    await done.promise
  }
}

describe('a handler that takes longer than the session', () => {
  let bench: Bench

  beforeAll(async () => {
    bench = await Bench.open()
  })
  afterAll(() => bench.close())

  it('costs its replica no rebalance, and handles its event once', async () => {
    const replica = await bench.replica([RoastOnOrder], [], { consumer: { sessionTimeoutMs: SESSION_MS } })
    // topics that were only just made have no leaders yet, for which kafkajs joins again
    await bench.writer.event(orderPlaced.of({ orderId: TOAST, n: 1 }))
    await eventually(() => replica.server.health().group === 'joined')
    await replica.settled()
    const consumer = (replica.server as unknown as { group: { consumer: Consumer } }).group.consumer
    let joined = 0
    consumer.on(consumer.events.GROUP_JOIN, () => joined++)
    const beats: number[] = []
    consumer.on(consumer.events.HEARTBEAT, () => beats.push(performance.now()))

    await bench.writer.event(orderPlaced.of({ orderId: 'roast', n: 1 }))
    await eventually(() => beats.filter((at) => at > (began[0] ?? Infinity) + SESSION_MS).length >= 2)
    done.resolve()
    await replica.settled()
    expect(began).toHaveLength(1)
    expect(joined).toBe(0)
  })
})
