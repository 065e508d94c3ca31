import { setImmediate as turn } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import { Registry } from 'prom-client'
import { counted, recordOf } from '../../test/model/facts.js'
import type { Message } from '../envelope/record-texts.js'
import { PermanentError } from '../errors.js'
import { EventingOptions } from '../eventing-options.js'
import { EventingMetrics } from '../metrics.js'
import { BatchHandling } from './batch-handling.js'
import { BatchPartition } from './batch-partition.js'
import type { DeadLetterWriter } from './dead-letter-writer.js'
import type { BatchedEvent, EventContext } from './on.js'
import { Reaction } from './reaction.js'

const origin = { topic: 'kitchen.stock', partition: 0, replayed: false }
const messages = (count: number): Message[] =>
  Array.from({ length: count }, (_, offset) => {
    const stated = { eventId: `${offset}`, key: 'a', sequence: offset, trouble: 'none' as const }
    return { ...recordOf(counted.type, stated), offset: String(offset), timestamp: '0' }
  })

/** A partition with a batch reaction, or several; what they were given and what was buried. */
function partitionWith(
  handlers: ((offsets: number[], signal: AbortSignal) => Promise<void>)[],
  capacity = 1_000,
  seen: (events: readonly BatchedEvent[]) => void = () => undefined,
) {
  const options = new EventingOptions({ service: 'media', brokers: [], registry: new Registry() })
  const reactions = handlers.map((handler, i) => {
    const traits = { name: `Count${i}`, batch: 1_000, idempotence: 'natural' as const }
    return new Reaction(counted, traits, (events: BatchedEvent[], { signal }: EventContext) => {
      seen(events)
      return handler(
        events.map(({ offset }) => offset),
        signal,
      )
    })
  })
  const buried: string[] = []
  const deadLetters = {
    write: async ({ offset }: Message, _origin: unknown, { reaction }: { reaction: string }) =>
      void buried.push(`${reaction} ${offset}`),
  } as unknown as DeadLetterWriter
  const metrics = new EventingMetrics(options)
  const handling = new BatchHandling({ reactions, metrics, deadLetters, retryMs: [0, 0, 0] })
  const work = new BatchPartition({ kafkaTopic: 't', origin, capacity, handling, defects: metrics.defects })
  return { work, buried }
}

describe('a defect of the handling', () => {
  afterEach(() => jest.restoreAllMocks())

  it('keeps the batch waiting, and is logged without addresses and counted', async () => {
    const said = jest.spyOn(Logger.prototype, 'error').mockImplementation()
    const metrics = new EventingMetrics(
      new EventingOptions({ service: 'media', brokers: [], registry: new Registry() }),
    )
    const handling = { largest: 1, handle: () => Promise.reject(new TypeError('no such thing as ada@example.org')) }
    const parts = { kafkaTopic: 't', origin, capacity: 9, defects: metrics.defects }
    const work = new BatchPartition({ ...parts, handling: handling as unknown as BatchHandling })
    work.accept(messages(1)[0]!)
    while (said.mock.calls.length === 0) await turn()
    work.end()
    await work.quiet()
    expect(said.mock.calls).toEqual([['A batch of t ended in a defect: no such thing as …']])
    expect((await metrics.defects.get()).values).toMatchObject([{ value: 1 }])
    expect(work.position).toBeUndefined()
  })
})

describe('a batch', () => {
  beforeEach(() => Logger.overrideLogger(false))

  it('of nothing but bad events takes two attempts at each, and no whole schedule at each half', async () => {
    const attempts: number[] = []
    const { work, buried } = partitionWith([
      (offsets) => {
        attempts.push(offsets.length)
        return Promise.reject(new Error('no'))
      },
    ])
    for (const message of messages(64)) work.accept(message)
    await work.quiet()
    expect(buried).toHaveLength(64)
    expect(attempts.filter((size) => size === 64)).toHaveLength(4)
    expect(attempts.filter((size) => size > 1 && size < 64)).toHaveLength(2 + 4 + 8 + 16 + 32)
    expect(attempts.filter((size) => size === 1)).toHaveLength(2 * 64)
    expect(work.position).toBe(64)
  })

  it('moves the position behind what is dealt with, while the rest of it is still tried', async () => {
    const gate = Promise.withResolvers<void>()
    const { work, buried } = partitionWith([
      async (offsets) => {
        if (offsets.includes(3)) throw new Error('no')
        if (offsets.includes(5)) await gate.promise
      },
    ])
    for (const message of messages(8)) work.accept(message)
    while (buried.length === 0) await turn()
    await turn()
    expect(work.position).toBe(4)
    gate.resolve()
    await work.quiet()
    expect(work.position).toBe(8)
    expect(buried).toEqual(['Count0 3'])
  })

  it('goes on with the reaction that failed, and repeats none that has its events behind it', async () => {
    const first: number[] = []
    const { work, buried } = partitionWith([
      async (offsets) => void first.push(...offsets),
      (offsets) => (offsets.includes(1) ? Promise.reject(new Error('no')) : Promise.resolve()),
    ])
    for (const message of messages(4)) work.accept(message)
    await work.quiet()
    expect(first).toEqual([0, 1, 2, 3])
    expect(buried).toEqual(['Count1 1'])
  })

  it('is read once for all reactions, which go side by side', async () => {
    const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const read: object[] = []
    const { work } = partitionWith(
      both.map(({ resolve }, i) => async () => {
        resolve()
        await both[1 - i]!.promise
      }),
      1_000,
      ([event]) => void read.push(event!.envelope),
    )
    work.accept(messages(1)[0]!)
    await work.quiet()
    expect([read.length, new Set(read).size]).toEqual([2, 1])
    expect(work.position).toBe(1)
  })

  it('takes no values of what nobody hears of', async () => {
    const { work } = partitionWith([() => Promise.resolve()])
    const [heard, foreign] = messages(2)
    const taken: string[] = []
    const value = (of: Message) => ({ get: () => taken.push(of.offset) && of.value })
    for (const message of [heard!, { ...foreign!, headers: { ...foreign!.headers, ce_type: 'kitchen.stock.sold.v1' } }])
      work.accept(Object.defineProperty({ ...message }, 'value', value(message)))
    await work.quiet()
    expect([work.position, taken]).toEqual([2, ['0']])
  })

  it('that is told to end gives up nothing that failed for that', async () => {
    const began = Promise.withResolvers<void>()
    const { work, buried } = partitionWith([
      async (_, signal) => {
        began.resolve()
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        throw new PermanentError('was told to end')
      },
    ])
    work.accept(messages(1)[0]!)
    await began.promise
    work.end()
    await work.quiet()
    expect(buried).toEqual([])
    expect(work.position).toBeUndefined()
  })
})
