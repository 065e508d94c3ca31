import { EventWriter } from '../src/index.js'
import { createKafka } from '../src/kafka/kafka-client.js'
import { TopicReader } from '../src/kafka/topic-reader.js'
import { TopicTail } from '../src/projections/topic-tail.js'
import { EventingHarness } from './setup/eventing-harness.js'
import { noticeHung } from './setup/sample-catalogue.js'

interface AskedCluster {
  fetchTopicsOffset(topics: { fromTimestamp?: number }[]): Promise<unknown>
}

describe('a reader without a group', () => {
  let harness: EventingHarness
  let reader: TopicReader
  beforeAll(async () => {
    harness = await EventingHarness.open()
    reader = new TopicReader(createKafka(harness.access))
  })
  afterAll(async () => {
    await reader.disconnect()
    await harness.close()
  })

  it('begins at a moment, and misses nothing that is written while it asks where that is', async () => {
    const topic = `${harness.access.prefix}kitchen.notice`
    await reader.connect([topic])
    writingBehind(reader, () => harness.writer.event(noticeHung.of({ noticeId: 'meanwhile' })))
    const positions = await reader.positions(topic, { since: Date.now() })
    const found = await reader.fetch(new Map([[topic, positions]]), 2_000)
    expect(found.map(({ message }) => JSON.parse(message.value!.toString()))).toEqual([{ noticeId: 'meanwhile' }])
  })

  it('goes on in a partition that was added since it read to the end', async () => {
    const topic = `${harness.access.prefix}kitchen.ticket`
    const tail = await new TopicTail(new TopicReader(createKafka(harness.access)), topic, () => []).open()
    const readOn = async () => {
      let read = 0
      for await (const { records } of tail.readOn()) read += records
      return read
    }
    const read = [await readOn()]
    await harness.addPartitions(topic, 4)
    const writer = await EventWriter.connect(harness.access)
    await writer.records('kitchen.ticket', [{ partition: 3, key: 'k', value: '{}' }])
    await writer.close()
    read.push(await readOn())
    await tail.close()
    expect(read).toEqual([0, 1])
  })
})

/** Writes as soon as Kafka has said that no record is so young. */
function writingBehind(reader: TopicReader, write: () => Promise<unknown>): void {
  const cluster = Reflect.get(reader, 'cluster') as AskedCluster
  const ask = cluster.fetchTopicsOffset.bind(cluster)
  cluster.fetchTopicsOffset = async (topics) => {
    const answer = await ask(topics)
    if (topics.some(({ fromTimestamp }) => fromTimestamp !== undefined)) await write()
    return answer
  }
}
