import { getEventListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { restart, tick, useModelTime } from '../../test/model/clock.js'
import type { KafkaClient } from '../kafka/kafka-client.js'
import { GroupConsumer } from './group-consumer.js'

const LONG_MS = 150_000

type Emit = (name: string, event: object) => void

/** A Kafka that answers whoever asks, and a consumer that runs as it is told to. */
function answering(run: (emit: Emit) => Promise<void>) {
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
      run: () => run((name, event) => listeners[name]!(event)),
    }),
  } as unknown as KafkaClient
}

/** Whenever it has run for a while. */
const crashing = (error: Error) => answering((emit) => delay(50).then(() => emit('crash', { payload: { error } })))

async function running(kafka: KafkaClient): Promise<GroupConsumer> {
  const makePartition = () => {
    throw new Error('nothing is fetched')
  }
  const parts = { kafka, groupId: 'g', topics: ['t'], sessionTimeoutMs: 8_000, makePartition }
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
    const group = await running(crashing(new TypeError('a defect')))
    expect(group.heartbeat.lost).toBe(true)
    expect(group.trouble).toBe('a defect')
  })

  it('that has no right to the group is not, since a new process would have none either', async () => {
    const group = await running(crashing(Object.assign(new Error('no'), { type: 'GROUP_AUTHORIZATION_FAILED' })))
    expect(group.heartbeat.lost).toBe(false)
  })

  it('that is in no group is lost, though Kafka lets it fetch', async () => {
    const outside = answering(async (emit) => {
      for (let n = 0; n < LONG_MS / 1_000; n++) await delay(1_000).then(() => emit('fetch', {}))
    })
    expect((await running(outside)).heartbeat.lost).toBe(true)
  })

  it('leaves nothing behind of those before it', async () => {
    const group = await running(crashing(new TypeError('a defect')))
    expect(getEventListeners(group['closing'].signal, 'abort').length).toBeLessThanOrEqual(1)
  })
})
