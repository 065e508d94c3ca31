import { getEventListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { restart, tick, useModelTime } from '../../test/model/clock.js'
import type { KafkaClient } from '../kafka/kafka-client.js'
import { GroupConsumer } from './group-consumer.js'

const LONG_MS = 150_000

/** A Kafka that answers whoever asks, and a member of the group that crashes whenever it has run for a while. */
function crashing(error: Error) {
  let listeners: Record<string, (event: object) => void> = {}
  const nothing = () => Promise.resolve()
  return {
    admin: () => ({ connect: nothing, disconnect: nothing, listTopics: () => Promise.resolve(['t']) }),
    consumer: () => ({
      events: { CRASH: 'crash', GROUP_JOIN: 'join', HEARTBEAT: 'heartbeat', FETCH: 'fetch' },
      on: (name: string, listener: (event: object) => void) => (listeners = { ...listeners, [name]: listener }),
      connect: nothing,
      subscribe: nothing,
      disconnect: nothing,
      run: () => delay(50).then(() => void listeners['crash']!({ payload: { error } })),
    }),
  } as unknown as KafkaClient
}

async function running(error: Error): Promise<GroupConsumer> {
  const makePartition = () => {
    throw new Error('nothing is fetched')
  }
  const parts = { kafka: crashing(error), groupId: 'g', topics: ['t'], sessionTimeoutMs: 8_000, makePartition }
  const group = new GroupConsumer(parts)
  group.start()
  const until = Date.now() + LONG_MS
  while (Date.now() < until) await tick()
  return group
}

describe('a member of the group', () => {
  useModelTime()
  beforeEach(restart)

  it('that crashes again and again is lost, though Kafka tells it of its topics each time', async () => {
    const group = await running(new TypeError('a defect'))
    expect(group.heartbeat.lost).toBe(true)
    expect(group.trouble).toBe('a defect')
  })

  it('that has no right to the group is not, since a new process would have none either', async () => {
    const group = await running(Object.assign(new Error('no'), { type: 'GROUP_AUTHORIZATION_FAILED' }))
    expect(group.heartbeat.lost).toBe(false)
  })

  it('leaves nothing behind of those before it', async () => {
    const group = await running(new TypeError('a defect'))
    expect(getEventListeners(group['closing'].signal, 'abort').length).toBeLessThanOrEqual(1)
  })
})
