import { Logger } from '@nestjs/common'
import type { Producer, ProducerBatch } from 'kafkajs'
import { glanceCast } from '../../test/setup/sample-catalogue.js'
import { PublisherUnavailableError } from '../errors.js'
import { EventingOptions } from '../eventing-options.js'
import type { KafkaClient } from '../kafka/kafka-client.js'
import { EventPublisher } from './event-publisher.js'

const A_BATCH = 2_000
const TIMEOUT_MS = 5_000

/** A publisher under a Kafka that takes nothing, until it refuses. */
function publishing() {
  const refusals: ((error: Error) => void)[] = []
  const answers: (() => void)[] = []
  const sizes: number[] = []
  const disconnect = jest.fn(() => Promise.resolve())
  const producer = {
    connect: () => Promise.resolve(),
    disconnect,
    sendBatch: ({ topicMessages = [] }: ProducerBatch) =>
      new Promise<void>((resolve, reject) => {
        sizes.push(topicMessages.flatMap(({ messages }) => messages).length)
        answers.push(resolve)
        refusals.push(reject)
      }),
  }
  const kafka = { producer: () => producer as unknown as Producer } as unknown as KafkaClient
  return {
    publisher: new EventPublisher(new EventingOptions({ service: 'gateway', brokers: [] }), kafka),
    disconnect,
    ...{ refusals, answers, sizes },
  }
}

const views = (count: number) =>
  Array.from({ length: count }, (_, i) => glanceCast.of({ page: `/${i}`, occurredAt: '2026-01-31T12:00:00Z' }))

describe('page views', () => {
  beforeAll(() => Logger.overrideLogger(false))
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it('are all refused when Kafka takes none of the first: nobody waits for another batch to fail', async () => {
    const { publisher } = publishing()
    const answers: unknown[] = []
    for (let batch = 0; batch < 5; batch++)
      publisher.publish(views(A_BATCH)).catch((error: unknown) => answers.push(error))
    await jest.advanceTimersByTimeAsync(TIMEOUT_MS + 100)
    expect(answers).toHaveLength(5)
    expect(answers[4]).toBeInstanceOf(PublisherUnavailableError)
    await publisher.onApplicationShutdown()
  })

  it('leave no connection: it is closed once more when kafkajs has ended trying', async () => {
    const { publisher, disconnect, refusals } = publishing()
    publisher.publish(views(1)).catch(() => undefined)
    await jest.advanceTimersByTimeAsync(TIMEOUT_MS + 100)
    expect(disconnect).toHaveBeenCalledTimes(1)
    refusals[0]!(new Error('gave up'))
    await jest.advanceTimersByTimeAsync(0)
    expect(disconnect).toHaveBeenCalledTimes(2)
  })

  it('of one moment go to Kafka together', async () => {
    const { publisher, sizes, answers } = publishing()
    const published = [publisher.publish(views(2)), publisher.publish(views(3))]
    await jest.advanceTimersByTimeAsync(1)
    answers[0]!()
    await Promise.all(published)
    expect(sizes).toEqual([5])
    await publisher.onApplicationShutdown()
  })
})
