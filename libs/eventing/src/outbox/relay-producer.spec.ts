import { Logger } from '@nestjs/common'
import type { Producer, ProducerBatch } from 'kafkajs'
import { EventingOptions } from '../eventing-options.js'
import { RelayProducer } from './relay-producer.js'
import type { OutboxEntry } from './stamp.js'

const type = 'media.photo.told.v1'
const entry = (seq: number) => ({ id: `${seq}`, seq, type, subject: 'a', time: '', data: {} }) as OutboxEntry
const refusal = (of: string) => Object.assign(new Error(of), { type: of })

/** A producer under a broker that says so to each request in turn. */
function producing(answers: (Error | undefined)[], existing = new Set(['media.photo'])) {
  const sent: string[][] = []
  const sendBatch = async ({ topicMessages = [] }: ProducerBatch) => {
    const answer = answers.shift()
    if (answer) throw answer
    sent.push(topicMessages.flatMap(({ messages }) => messages.map(({ headers }) => String(headers?.['ce_id']))))
  }
  const counted: number[] = []
  const nothing = () => Promise.resolve()
  const producer = new RelayProducer({
    connect: () => ({ connect: nothing, disconnect: nothing, sendBatch }) as unknown as Producer,
    existingTopics: () => Promise.resolve(existing),
    options: new EventingOptions({ service: 'media', brokers: [] }),
    mayPublish: () => true,
    sent: (count) => counted.push(count),
    setAside: nothing,
  })
  return { producer, sent, counted }
}

describe('the relay’s producer', () => {
  beforeAll(() => Logger.overrideLogger(false))

  it('sends nothing that stands behind an event whose topic was refused, though it be taken again a moment later', async () => {
    const tooLarge = refusal('MESSAGE_TOO_LARGE')
    const { producer, sent } = producing([tooLarge, tooLarge, undefined, refusal('TOPIC_AUTHORIZATION_FAILED')])
    const pending = { collection: 'photos', id: 'a', events: [entry(1), entry(2), entry(3)] }
    await producer.begin()
    await expect(producer.publish([pending])).rejects.toBe(tooLarge)
    expect(await producer.publish([pending])).toEqual([])
    expect(sent).toEqual([['1']])
  })

  it('counts what Kafka took, and not what is set aside', async () => {
    const tooLarge = refusal('MESSAGE_TOO_LARGE')
    const { producer, sent, counted } = producing([tooLarge, tooLarge, undefined, tooLarge])
    const pending = { collection: 'photos', id: 'a', events: [entry(1), entry(2)] }
    await producer.begin()
    await expect(producer.publish([pending])).rejects.toBe(tooLarge)
    expect(await producer.publish([pending])).toEqual([pending])
    expect([sent, counted]).toEqual([[['1']], [1]])
  })

  it('sees no hope for a topic that is missing until it exists, and some for one that was refused', async () => {
    const existing = new Set<string>()
    const { producer } = producing([], existing)
    await producer.begin()
    expect(await producer.publish([{ collection: 'photos', id: 'a', events: [entry(1)] }])).toEqual([])
    expect(await producer.mayUnblock()).toBe(false)
    existing.add('media.photo')
    expect(await producer.mayUnblock()).toBe(true)
  })
})
