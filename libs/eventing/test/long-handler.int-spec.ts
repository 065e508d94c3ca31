import type { Consumer } from 'kafkajs'
import type { Envelope } from '@mpics/contracts'
import { EventConsumer, On } from '../src/index.js'
import { EventingHarness, eventually } from './setup/eventing-harness.js'
import { orderPlaced } from './setup/sample-catalogue.js'

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
  let harness: EventingHarness

  beforeAll(async () => {
    harness = await EventingHarness.open()
  })
  afterAll(() => harness.close())

  it('costs its replica no rebalance, and handles its event once', async () => {
    const replica = await harness.replica([RoastOnOrder], [], { consumer: { sessionTimeoutMs: SESSION_MS } })
    // topics that were only just made have no leaders yet, for which kafkajs joins again
    await harness.writer.event(orderPlaced.of({ orderId: TOAST, n: 1 }))
    await eventually(() => replica.server.health().group === 'joined')
    await replica.untilIdle()
    const consumer = (replica.server as unknown as { group: { consumer: Consumer } }).group.consumer
    let joined = 0
    consumer.on(consumer.events.GROUP_JOIN, () => joined++)
    const beats: number[] = []
    consumer.on(consumer.events.HEARTBEAT, () => beats.push(performance.now()))

    await harness.writer.event(orderPlaced.of({ orderId: 'roast', n: 1 }))
    await eventually(() => beats.filter((at) => at > (began[0] ?? Infinity) + SESSION_MS).length >= 2)
    done.resolve()
    await replica.untilIdle()
    expect(began).toHaveLength(1)
    expect(joined).toBe(0)
  })
})
