import type { Envelope } from '@mpics/contracts'
import { createTopics, EventConsumer, EventWriter, On } from '../src/index.js'
import { TopicReader } from '../src/kafka/topic-reader.js'
import { withAdmin } from '../src/topics/topics.js'
import { EventingHarness, eventually, type Replica } from './setup/eventing-harness.js'
import { noticeHung, sampleCatalogue } from './setup/sample-catalogue.js'

const heard: string[] = []
const gates = new Map<string, PromiseWithResolvers<void>>()

/** Reads nothing back. A notice may keep it busy. */
@EventConsumer()
class ReadNotice {
  @On(noticeHung, { idempotence: 'natural', delivery: 'every-replica', readBackMs: 0 })
  async handle({ data }: Envelope<typeof noticeHung>): Promise<void> {
    heard.push(data.noticeId)
    await gates.get(data.noticeId)?.promise
  }
}

/** Reads back what was written before it began. */
@EventConsumer()
class ReadOldNotice {
  @On(noticeHung, { idempotence: 'natural', delivery: 'every-replica', readBackMs: 60_000 })
  async handle(): Promise<void> {}
}

describe('a replica that hears', () => {
  let harness: EventingHarness
  beforeAll(async () => (harness = await EventingHarness.open()))
  afterAll(() => harness.close())
  afterEach(() => {
    jest.restoreAllMocks()
    for (const { resolve } of gates.values()) resolve()
  })

  const isReady = ({ server }: Replica) => server.health().replica === 'ready'
  const hang = (...noticeIds: string[]) =>
    harness.writer.records(
      'kitchen.notice',
      noticeIds.map((noticeId) => ({
        ...{ partition: 0, key: 'k', value: JSON.stringify({ noticeId }) },
        headers: { ce_id: noticeId, ce_type: noticeHung.type },
      })),
    )
  const topics = () => [`${harness.access.prefix}kitchen.notice`]
  const remove = () => withAdmin(harness.access, (admin) => admin.deleteTopics({ topics: topics() }))
  const makeAnew = async () => {
    await eventually(async () => (await createTopics(harness.access, { catalogue: sampleCatalogue })).length > 0)
    // the place of a producer in a topic is lost with it
    await harness.writer.close()
    harness.writer = await EventWriter.connect(harness.access)
  }

  it('is sure of nothing until it has handled what it found after a silence', async () => {
    for (const id of ['first', 'second']) gates.set(id, Promise.withResolvers())
    const replica = await harness.replica([ReadNotice])
    await eventually(() => isReady(replica))
    await hang('first')
    await eventually(() => heard.includes('first'))
    const from = performance.now()
    await hang('second', 'third')
    await eventually(() => performance.now() - from > 2_000)
    gates.get('first')!.resolve()
    await eventually(() => heard.includes('second'))
    expect(replica.server.health().replicaBehindMs).toBeGreaterThan(2_000)
    gates.get('second')!.resolve()
    await eventually(() => heard.includes('third') && replica.server.health().replicaBehindMs < 2_000)
    await replica.stop()
  })

  it('hears all of a topic that was made anew, though it has as many records already, and nothing is read back', async () => {
    const replica = await harness.replica([ReadNotice])
    await eventually(() => isReady(replica))
    await hang('old')
    await eventually(() => heard.includes('old'))
    const anew = Promise.withResolvers<void>()
    const connect = Reflect.get<TopicReader, 'connect'>(TopicReader.prototype, 'connect')
    jest.spyOn(TopicReader.prototype, 'connect').mockImplementation(async function (this: TopicReader, names) {
      await anew.promise
      await connect.call(this, names)
    })
    await remove()
    await eventually(() => replica.server.health().trouble !== undefined)
    await makeAnew()
    const notices = Array.from({ length: 20 }, (_, n) => `anew-${n}`)
    await hang(...notices)
    anew.resolve()
    await eventually(() => notices.every((notice) => heard.includes(notice)))
    await replica.stop()
  })

  it('gets ready, though its topic was made anew and is shorter than when it began', async () => {
    const fetch = Reflect.get<TopicReader, 'fetch'>(TopicReader.prototype, 'fetch')
    const made = Promise.withResolvers<void>()
    const asking = jest.spyOn(TopicReader.prototype, 'fetch').mockImplementation(async function (
      this: TopicReader,
      ...asked
    ) {
      await made.promise
      return fetch.apply(this, asked)
    })
    await hang('of before')
    const replica = await harness.replica([ReadOldNotice])
    await eventually(() => asking.mock.calls.length > 0)
    await remove()
    await makeAnew()
    made.resolve()
    await eventually(() => isReady(replica))
    await replica.stop()
  })
})
