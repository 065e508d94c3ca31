import type { Envelope } from '@mpics/contracts'
import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js'
import { EventConsumer, On } from '../src/index.js'
import { EventingHarness, eventually } from './setup/eventing-harness.js'
import { orderPlaced } from './setup/sample-catalogue.js'

const served: string[] = []

@EventConsumer()
class ServeOnOrder {
  @On(orderPlaced, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof orderPlaced>): Promise<void> {
    served.push(data.orderId)
    await Promise.resolve()
  }
}

describe('a member that the group does not know any more', () => {
  let harness: EventingHarness

  beforeAll(async () => {
    harness = await EventingHarness.open()
  })
  afterAll(() => harness.close())

  it('joins again, also when its first attempt fails', async () => {
    const beat = jest.spyOn(ConsumerGroup.prototype, 'heartbeat')
    const replica = await harness.replica([ServeOnOrder])
    await harness.writer.event(orderPlaced.of({ orderId: 'soup', n: 1 }))
    await replica.untilIdle()
    const group = (await eventually(() => beat.mock.contexts.at(-1))) as ConsumerGroup
    const { groupId, memberId } = group
    const away = Object.assign(new Error('the coordinator is away'), { name: 'KafkaJSError', retriable: true })
    const join = jest.spyOn(ConsumerGroup.prototype, 'joinAndSync').mockRejectedValueOnce(away)

    await group.coordinator.leaveGroup({ groupId, memberId: memberId! })
    await eventually(() => join.mock.calls.length > 1)
    await harness.writer.event(orderPlaced.of({ orderId: 'salad', n: 1 }))
    await eventually(() => served.includes('salad'))
    expect(replica.server.health().group).toBe('joined')
  })
})
