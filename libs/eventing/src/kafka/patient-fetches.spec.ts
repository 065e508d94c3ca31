import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js'
import { PATIENT } from './patient-fetches.js'

const USUAL = { maxWaitTime: 500, minBytes: 1_000 }
const TOPIC = 'a.topic'
const [LEADER, OTHER] = [1, 2]
const [FETCH, LEAVE_GROUP] = [1, 13]
const nothing = () => undefined
const record = { offset: '5', key: null, value: null, headers: {}, batchContext: {} }
type Messages = (typeof record)[]

/** kafkajs's own group above two brokers, of which the first leads its partition. */
function fetching(answer: () => Promise<Messages>) {
  const leaving = new AbortController()
  const inflight = new Map<number, { entry: { apiKey: number }; timeoutRequest: () => void }>()
  const asked: (typeof USUAL)[] = []
  const connecting = { until: Promise.resolve() }
  const fetch = async ({ maxWaitTime, minBytes }: typeof USUAL) => {
    asked.push({ maxWaitTime, minBytes })
    const partitions = [{ partition: 0, highWatermark: '9', messages: await answer() }]
    return { responses: [{ topicName: TOPIC, partitions }] }
  }
  const cluster = {
    refreshMetadataIfNecessary: nothing,
    findTopicPartitionMetadata: () => [{ partitionId: 0, leader: LEADER }],
    findBroker: () => connecting.until.then(() => ({ fetch })),
    brokerPool: { brokers: { [LEADER]: { connectionPool: { pool: [{ requestQueue: { inflight } }] } } } },
  }
  const logger = { info: nothing, namespace: () => logger }
  const { maxWaitTime: maxWaitTimeInMs, minBytes } = USUAL
  const options = { topics: [TOPIC], assigners: [{ leaving: leaving.signal }], maxWaitTimeInMs, minBytes }
  const group = new ConsumerGroup({ ...options, cluster, logger })
  const rebalancing = Object.assign(new Error('a member joins'), { type: 'REBALANCE_IN_PROGRESS' })
  Object.assign(group, {
    offsetManager: { resolveOffsets: nothing, committedOffsets: () => ({ [TOPIC]: ['5'] }), nextOffset: () => 5 },
    coordinator: { heartbeat: () => Promise.reject(rebalancing) },
    ...{ memberId: 'a member', lastRequest: 0 },
  })
  group.subscriptionState.assign([{ topic: TOPIC, partitions: [0, 1] }])
  const next = async (nodeId = LEADER) => {
    const found = await group.fetch(nodeId)
    return { found: found.map(({ rawMessages }) => rawMessages), asked: asked.at(-1) }
  }
  const rebalance = () => expect(group.heartbeat({ interval: 1 })).rejects.toBe(rebalancing)
  return { next, group, inflight, asked, connecting, rebalance, leave: () => leaving.abort() }
}

describe('the fetches of a group', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it('wait longer when nothing has come for a while, and as usual as soon as something comes', async () => {
    let answer: Messages = []
    const { next } = fetching(() => Promise.resolve(answer))
    expect(await next()).toEqual({ found: [], asked: USUAL })
    jest.advanceTimersByTime(5_001)
    answer = [record]
    expect(await next()).toEqual({ found: [[record]], asked: PATIENT })
    expect((await next()).asked).toEqual(USUAL)
  })

  it('wait as usual while a partition is paused: it goes on with the next one', async () => {
    const { next, group, asked } = fetching(() => Promise.resolve([]))
    await next()
    jest.advanceTimersByTime(5_001)
    group.subscriptionState.pause([{ topic: TOPIC, partitions: [1] }])
    await next()
    expect(asked).toEqual([USUAL, USUAL])
  })

  it('wait no longer for a broker that leads no partition, whatever another one is asked', async () => {
    const unanswered = Promise.withResolvers<Messages>()
    const { next, asked } = fetching(() => unanswered.promise)
    const first = next(OTHER)
    await jest.advanceTimersByTimeAsync(5_001)
    await first
    const others = Promise.all([next(LEADER), next(OTHER)])
    let isOver = false
    void next(OTHER).then(() => (isOver = true))
    await jest.advanceTimersByTimeAsync(USUAL.maxWaitTime)
    expect({ isOver, asked }).toEqual({ isOver: true, asked: [PATIENT] })
    unanswered.resolve([])
    await others
  })

  it.each([
    ['the consumer leaves', 'leave', LEADER],
    ['the group is joined again', 'rebalance', LEADER],
    ['the consumer leaves, of a broker without partitions', 'leave', OTHER],
    ['the group is joined again, of a broker without partitions', 'rebalance', OTHER],
  ] as const)('end when %s, and no other request does', async (_, act, nodeId) => {
    const unanswered = Promise.withResolvers<never>()
    const world = fetching(() => unanswered.promise)
    unanswered.promise.catch(nothing)
    const timeoutRequest = () => unanswered.reject(new Error('timed out'))
    world.inflight.set(1, { entry: { apiKey: FETCH }, timeoutRequest })
    const ofLeaving = { entry: { apiKey: LEAVE_GROUP }, timeoutRequest: jest.fn() }
    world.inflight.set(2, ofLeaving)
    const underWay = world.next(nodeId)
    await jest.advanceTimersByTimeAsync(1)
    await world[act]()
    expect((await underWay).found).toEqual([])
    expect(ofLeaving.timeoutRequest).not.toHaveBeenCalled()
  })

  it.each(['leave', 'rebalance'] as const)('do not wait when they are sent only after a %s', async (act) => {
    const world = fetching(() => Promise.resolve([record]))
    const connection = Promise.withResolvers<void>()
    world.connecting.until = connection.promise
    const underWay = world.next()
    await jest.advanceTimersByTimeAsync(1)
    await world[act]()
    connection.resolve()
    expect(await underWay).toEqual({ found: [], asked: { ...USUAL, maxWaitTime: 0 } })
  })

  it('fail as ever while the consumer stays, and those of other brokers end', async () => {
    const { next } = fetching(() => Promise.reject(new Error('no broker')))
    const other = next(OTHER)
    await expect(next()).rejects.toThrow('no broker')
    expect((await other).found).toEqual([])
  })
})
