import { setImmediate as turn } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import { Registry } from 'prom-client'
import { recordOf, told } from '../../test/model/facts.js'
import type { Message } from '../envelope/record-texts.js'
import { PermanentError } from '../errors.js'
import { EventingOptions } from '../eventing-options.js'
import { EventingMetrics } from '../metrics.js'
import type { DeadLetterWriter } from './dead-letter-writer.js'
import { MessageHandling } from './handle-message.js'
import { ProcessedEvents } from './processed-events.js'
import { KeyedPartition } from './keyed-partition.js'
import type { EventContext } from './on.js'
import { Reaction, Reactions } from './reaction.js'
import { Slots } from './slots.js'

const origin = { topic: 'kitchen.order', partition: 0, replayed: false }
const stated = { eventId: '0', key: 'a', sequence: 0, trouble: 'none' as const }
const message: Message = { ...recordOf(told.type, stated), offset: '0', timestamp: '0' }

describe('a partition that is given back', () => {
  beforeEach(() => Logger.overrideLogger(false))

  it('tells its handlers to end, and gives up nothing that failed for that', async () => {
    const began = Promise.withResolvers<void>()
    const handler = async (_: unknown, { signal }: EventContext) => {
      began.resolve()
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      throw new PermanentError('was told to end')
    }
    const reactions = new Reactions([new Reaction(told, { name: 'Wait', idempotence: 'natural' }, handler)])
    const options = new EventingOptions({ service: 'media', brokers: [], registry: new Registry() })
    const write = jest.fn()
    const handling = new MessageHandling({
      reactions,
      processedEvents: new ProcessedEvents(),
      metrics: new EventingMetrics(options),
      deadLetters: { write } as unknown as DeadLetterWriter,
    })
    const work = new KeyedPartition({ kafkaTopic: 't', origin, handling, slots: new Slots(1), capacity: 9 })
    work.accept(message)
    await began.promise
    work.end()
    await work.quiet()
    await turn()
    expect(write).not.toHaveBeenCalled()
    expect(work.position).toBeUndefined()
  })
})

describe('a defect of the handling', () => {
  afterEach(() => jest.restoreAllMocks())

  it('parks the key, and is logged and counted', async () => {
    const said = jest.spyOn(Logger.prototype, 'error').mockImplementation()
    const metrics = new EventingMetrics(
      new EventingOptions({ service: 'media', brokers: [], registry: new Registry() }),
    )
    const to = () => {
      throw new TypeError('no such thing')
    }
    const handling = new MessageHandling({
      reactions: { to } as unknown as Reactions,
      processedEvents: new ProcessedEvents(),
      metrics,
    })
    const work = new KeyedPartition({ kafkaTopic: 't', origin, handling, slots: new Slots(1), capacity: 9 })
    work.accept(message)
    while (work.parked === 0) await turn()
    work.end()
    expect(said.mock.calls).toEqual([['A defect keeps kitchen.order/0/0 waiting: no such thing']])
    expect((await metrics.defects.get()).values).toMatchObject([{ value: 1 }])
  })
})
