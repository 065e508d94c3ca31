import { setTimeout as delay } from 'node:timers/promises'
import type { Envelope } from '@mpics/contracts'
import { EventConsumer, On } from '../src/index.js'
import { withAdmin } from '../src/topics/topics.js'
import { EventingHarness, eventually } from './setup/eventing-harness.js'
import { orderPlaced } from './setup/sample-catalogue.js'

@EventConsumer()
class CookOnOrder {
  @On(orderPlaced, { idempotence: 'natural' })
  async handle(_order: Envelope<typeof orderPlaced>): Promise<void> {
    await Promise.resolve()
  }
}

describe('a replica that goes', () => {
  let harness: EventingHarness

  beforeAll(async () => {
    harness = await EventingHarness.open()
  })
  afterAll(() => harness.close())

  it('holds no partition any more, at whichever moment of its beginning it was told to', async () => {
    const members = () =>
      withAdmin(harness.access, async (admin) => {
        const { groups } = await admin.describeGroups([`${harness.access.prefix}profiles`])
        return groups[0]!.members.length
      })
    for (const moment of [0, 15, 30, 60, 120]) {
      const replica = await harness.replica([CookOnOrder])
      await delay(moment)
      await replica.stop()
      await eventually(async () => (await members()) === 0)
    }
  })
})
