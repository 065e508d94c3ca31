import { setTimeout as delay } from 'node:timers/promises'
import type { Envelope } from '@mpics/contracts'
import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js'
import { EventConsumer, On } from '../src/index.js'
import { GroupLag } from '../src/consume/group-lag.js'
import { EventingOptions } from '../src/eventing-options.js'
import { KafkaClient } from '../src/kafka/kafka-client.js'
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
  const kafka = () => new KafkaClient(new EventingOptions({ service: 'profiles', ...harness.access }))
  const topic = () => harness.access.prefix + orderPlaced.topic.name
  const members = (group: string) =>
    withAdmin(harness.access, async (admin) => {
      const { groups } = await admin.describeGroups([harness.access.prefix + group])
      return groups[0]!.members.length
    })

  beforeAll(async () => {
    harness = await EventingHarness.open()
  })
  afterAll(() => harness.close())

  it('holds no partition any more, at whichever moment of its beginning it was told to', async () => {
    const join = jest.spyOn(ConsumerGroup.prototype, 'joinAndSync')
    for (const begun of [0, 1])
      for (let moment = 0; moment <= 35; moment += 5) {
        join.mockClear()
        const replica = await harness.replica([CookOnOrder])
        await eventually(() => join.mock.calls.length >= begun)
        await delay(moment)
        await replica.stop()
        expect([begun, moment, await members('profiles')]).toEqual([begun, moment, 0])
      }
    join.mockRestore()
  })

  it('leaves the group that took it in after it was told to go', async () => {
    const leaving = new AbortController()
    const consumer = kafka().consumer({
      ...{ groupId: `${harness.access.prefix}late`, sessionTimeoutMs: 8_000, leaving: leaving.signal },
      beforeRejoin: async () => leaving.abort(),
    })
    await consumer.connect()
    await consumer.subscribe({ topics: [topic()] })
    await consumer.run({ eachBatch: () => Promise.resolve() })
    expect(await members('late')).toBe(0)
  })

  it('leaves no connection of a look at its lag that was under way', async () => {
    const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length
    const before = sockets()
    for (const moment of [0, 5, 10, 20, 40]) {
      const lag = new GroupLag(kafka(), 'nobody', [topic()])
      const looks = [lag.read(), lag.read()].map((look) => look.catch(() => undefined))
      await delay(moment)
      await lag.close()
      await Promise.all(looks)
      await expect(lag.read()).rejects.toThrow('stopping')
      await eventually(() => sockets() <= before)
    }
  })
})
