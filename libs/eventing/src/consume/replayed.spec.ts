import { Registry } from 'prom-client'
import { counted, recordOf, told } from '../../test/model/facts.js'
import type { Message } from '../envelope/record-texts.js'
import { EventingOptions } from '../eventing-options.js'
import { EventingMetrics } from '../metrics.js'
import { BatchHandling } from './batch-handling.js'
import type { Origin } from '../topics/origin.js'
import type { DeadLetterWriter, Failure } from './dead-letter-writer.js'
import { MessageHandling } from './handle-message.js'
import type { ProcessedEvents } from './processed-events.js'
import { Reaction, Reactions } from './reaction.js'
import { Attempts } from '../retry.js'

const metrics = new EventingMetrics(new EventingOptions({ service: 'media', brokers: [], registry: new Registry() }))
const { signal } = new AbortController()

const letterOf = (type: string, reaction: string): Message => {
  const record = recordOf(type, { eventId: '1', key: 'a', sequence: 1, trouble: 'none' })
  return { ...record, headers: { ...record.headers, dlt_reaction: reaction }, offset: '0', timestamp: '0' }
}

/** Two reactions, one of which had another name, and what becomes of a dead letter that is given to them. */
function reactions(event: typeof told, batch?: number) {
  const given: string[] = []
  const traits = (name: string, formerly: string[]) => {
    return { name, formerly, idempotence: 'natural' as const, ...(batch && { batch }) }
  }
  const all = ['Cook', 'Serve'].map(
    (name) => new Reaction(event, traits(name, name === 'Cook' ? ['Fry'] : []), async () => void given.push(name)),
  )
  const write = async (message: Message, _: Origin, { reaction, error }: Failure) =>
    void given.push(`letter of ${reaction} at ${message.offset}: ${(error as Error).name}`)
  return { all, given, deadLetters: { write } as unknown as DeadLetterWriter }
}

async function single(name: string): Promise<string[]> {
  const { all, given, deadLetters } = reactions(told)
  const handling = new MessageHandling({
    ...{ reactions: new Reactions(all), metrics, processedEvents: {} as ProcessedEvents, deadLetters },
  })
  const item = { message: letterOf(told.type, name), finished: 0, attempts: new Attempts() }
  await handling.attempt(item, { topic: told.topic.name, partition: 0, replayed: true }, signal, false)
  return given
}

async function batch(name: string): Promise<string[]> {
  const { all, given, deadLetters } = reactions(counted, 9)
  const handling = new BatchHandling({ reactions: all, metrics, deadLetters })
  const origin = { topic: counted.topic.name, partition: 0, replayed: true }
  await handling.handle([letterOf(counted.type, name)], origin, signal, () => {})
  return given
}

describe.each([
  ['one by one', single],
  ['in batches', batch],
])('a dead letter that is replayed, %s', (_, replay) => {
  it('is given to the reaction that gave it up alone', async () => {
    expect(await replay('Serve')).toEqual(['Serve'])
  })

  it('is given to the reaction that had this name alone, where it has another by now', async () => {
    expect(await replay('Fry')).toEqual(['Cook'])
  })

  it('is given to none where none has or had this name, and stays a dead letter of it', async () => {
    expect(await replay('Dish up')).toEqual(['letter of Dish up at 0: UnknownReactionError'])
  })
})
