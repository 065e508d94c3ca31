import { setTimeout as delay } from 'node:timers/promises'
import type { Envelope } from '@mpics/contracts'
import { EventConsumer, On } from '../src/index.js'
import { withAdmin } from '../src/topics/topics.js'
import { Bench, eventually } from './setup/bench.js'
import { orderPlaced } from './setup/kitchen.js'

@EventConsumer()
class CookOnOrder {
  @On(orderPlaced, { idempotence: 'natural' })
  async handle(_order: Envelope<typeof orderPlaced>): Promise<void> {
    await Promise.resolve()
  }
}

describe('a replica that goes', () => {
  let bench: Bench

  beforeAll(async () => {
    bench = await Bench.open()
  })
  afterAll(() => bench.close())

  it('holds no partition any more, at whichever moment of its beginning it was told to', async () => {
    const members = () =>
      withAdmin(bench.access, async (admin) => {
        const { groups } = await admin.describeGroups([`${bench.access.prefix}profiles`])
        return groups[0]!.members.length
      })
    for (const moment of [0, 15, 30, 60, 120]) {
      const replica = await bench.replica([CookOnOrder])
      await delay(moment)
      await replica.stop()
      await eventually(async () => (await members()) === 0)
    }
  })
})
