import type { Envelope } from '@mpics/contracts'
import { Connection } from '@mpics/mongo'
import {
  type BatchedEvent,
  EventConsumer,
  type EventContext,
  EventPublisher,
  EventWriter,
  EventingState,
  On,
  OnBatch,
  PermanentError,
  readTopic,
} from '../src/index.js'
import { withAdmin } from '../src/topics/topics.js'
import { EventingHarness, eventually, metric } from './setup/eventing-harness.js'
import { glanceCast, noticeHung, orderPlaced, stockCounted, ticketPrinted } from './setup/sample-catalogue.js'

const heard: string[][] = []
let batches: { source: string; ids: string[]; ns: number[] }[] = []
let poison = ''

@EventConsumer()
class ReadNotice {
  private readonly own: string[] = []

  constructor() {
    heard.push(this.own)
  }

  @On(noticeHung, { idempotence: 'natural', delivery: 'every-replica', readBackMs: 60_000 })
  async handle({ data }: Envelope<typeof noticeHung>): Promise<void> {
    if (data.noticeId === 'torn') throw new PermanentError('cannot be read')
    this.own.push(data.noticeId)
  }
}

const reading = Promise.withResolvers<void>()

/** Reads until it is told to stop. */
@EventConsumer()
class StudyNotice {
  @On(noticeHung, { idempotence: 'natural', delivery: 'every-replica', readBackMs: 60_000 })
  async handle(_notice: Envelope<typeof noticeHung>, { signal }: EventContext): Promise<void> {
    reading.resolve()
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
  }
}

@EventConsumer()
class DropStock {
  @On(stockCounted, { idempotence: 'natural', delivery: 'every-replica', readBackMs: 0, forCaches: true })
  async handle(): Promise<void> {}
}

@EventConsumer()
class PrintTickets {
  @OnBatch(ticketPrinted, { idempotence: 'natural', max: 100 })
  async handle(events: BatchedEvent<typeof ticketPrinted>[]): Promise<void> {
    if (events.some(({ envelope }) => envelope.data.ticketId === poison)) throw new Error('the paper jams')
    const ids = events.map(({ envelope }) => envelope.data.ticketId)
    batches.push({ source: events[0]!.source, ids, ns: events.map(({ envelope }) => envelope.data.n) })
  }
}

@EventConsumer()
class SlowCook {
  @On(orderPlaced, { idempotence: 'natural' })
  async handle(): Promise<void> {}
}

describe('deliveries', () => {
  let harness: EventingHarness
  beforeAll(async () => (harness = await EventingHarness.open()))
  afterAll(() => harness.close())

  const hang = (noticeId: string) => harness.writer.event(noticeHung.of({ noticeId }))

  it('brings every event to every replica, and reads back before it is ready', async () => {
    await hang('before')
    const replicas = [await harness.replica([ReadNotice]), await harness.replica([ReadNotice])]
    for (const { server } of replicas) await eventually(() => server.health().replica === 'ready')
    expect(heard.map((own) => [...own])).toEqual([['before'], ['before']])
    const givenUp = () => metric(replicas[0]!, 'events_given_up_total')
    const series = await replicas[0]!.registry.getSingleMetric('events_given_up_total')!.get()
    expect(series.values).toEqual([{ labels: { topic: 'kitchen.notice', reaction: 'ReadNotice' }, value: 0 }])
    await hang('torn')
    await hang('after')
    await eventually(() => heard.every((own) => own.includes('after')))
    expect(heard.map((own) => [...own])).toEqual([
      ['before', 'after'],
      ['before', 'after'],
    ])
    expect(await eventually(givenUp)).toBe(1)
    expect(await metric(replicas[0]!, 'events_dead_letters_total')).toBe(0)
    await eventually(() => replicas[0]!.server.health().replicaBehindMs < 2_000)
    await Promise.all(replicas.map((replica) => replica.stop()))
  })

  it('brings to every replica what is in a partition that was added since', async () => {
    const replica = await harness.replica([ReadNotice])
    const own = heard.at(-1)!
    await eventually(() => replica.server.health().replica === 'ready')
    await harness.addPartitions(`${harness.access.prefix}kitchen.notice`, 3)
    const headers = { ce_id: '1', ce_type: noticeHung.type }
    const writer = await EventWriter.connect(harness.access)
    await writer.records('kitchen.notice', [{ partition: 2, key: 'k', value: '{"noticeId":"added"}', headers }])
    await writer.close()
    await eventually(() => own.includes('added'))
    await replica.stop()
  })

  it('is sure of what must be heard, though nothing is heard for caches', async () => {
    const topics = [`${harness.access.prefix}kitchen.stock`]
    await withAdmin(harness.access, (admin) => admin.deleteTopics({ topics }))
    const replica = await harness.replica([ReadNotice, DropStock])
    const own = heard.at(-1)!
    await hang('heard alone')
    await eventually(() => own.includes('heard alone'))
    await eventually(() => replica.server.health().trouble !== undefined)
    expect(replica.server.health()).toMatchObject({ replica: 'ready', silentMs: Infinity })
    expect(replica.server.health().replicaBehindMs).toBeLessThan(60_000)
    await replica.stop()
  })

  it('tells a handler to end when its replica stops', async () => {
    await hang('long')
    const replica = await harness.replica([StudyNotice])
    await reading.promise
    await replica.stop()
  })

  it('hands many events at once to a projection, in order, and takes one bad event out of them', async () => {
    poison = 't-7'
    const records = [...Array(400).keys()].map((n) => ({
      key: `t-${n % 20}`,
      value: JSON.stringify({ ticketId: `t-${n % 20 === 7 && n > 7 ? 8 : n % 20}`, n }),
      headers: { ce_id: `${n}`, ce_type: 'kitchen.ticket.printed.v1' },
    }))
    await harness.writer.records('kitchen.ticket', records)
    const replica = await harness.replica([PrintTickets], [], { consumer: { retryMs: [5, 10] } })
    await eventually(() => batches.reduce((sum, { ids }) => sum + ids.length, 0) >= 399)
    await replica.untilIdle()
    expect(batches.length).toBeLessThan(200)
    for (const source of ['0', '1', '2']) {
      const ns = batches.filter((batch) => batch.source === source).flatMap((batch) => batch.ns)
      expect(ns).toEqual([...ns].sort((a, b) => a - b))
    }
    const [letter, ...more] = await harness.deadLetters.list()
    expect(letter).toMatchObject({ reaction: 'PrintTickets', key: 't-7' })
    expect(more).toEqual([])

    poison = ''
    batches = []
    await harness.deadLetters.replay(letter!.id, 'an operator')
    await eventually(() => batches.length === 1)
    expect(batches[0]).toMatchObject({ source: 'replay-0', ids: ['t-7'] })
    await replica.stop()
  })

  it('publishes page views with random ids and every time cut to the second', async () => {
    const replica = await harness.replica([])
    const publisher = replica.app.get(EventPublisher)
    const look = (page: string) => publisher.publish([glanceCast.of({ page, occurredAt: '2026-01-31T12:00:00.789Z' })])
    await Promise.all([...Array(50).keys()].map((i) => look(`/${i}`)))
    const records = await readTopic(harness.access, 'traffic.glance')
    expect(records).toHaveLength(50)
    for (const { headers, value, timestamp } of records) {
      expect(headers['ce_id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/)
      expect(headers['ce_time']).toMatch(/T\d\d:\d\d:\d\dZ$/)
      expect(Number(timestamp) % 1000).toBe(0)
      expect(JSON.parse(value!)).toMatchObject({ occurredAt: '2026-01-31T12:00:00Z' })
      expect(Object.keys(headers)).not.toContain('traceparent')
    }
    await expect(publisher.publish([orderPlaced.of({ orderId: 'a', n: 1 })])).rejects.toThrow(
      'saved with its aggregate',
    )
    await replica.stop()
  })

  it('tells its health', async () => {
    const replica = await harness.replica([SlowCook])
    const state = replica.app.get(EventingState)
    await eventually(async () => (await state.health()).group === 'joined')
    expect(await state.health()).toMatchObject({ live: true, ready: true, missingTopics: [], oldestUnpublishedMs: 0 })
    expect(replica.app.get(Connection).readyState).toBe(1)
    await replica.stop()
  })
})
