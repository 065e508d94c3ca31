import type { Restores } from '@mpics/mongo'
import { Registry } from 'prom-client'
import { counted, type Fact, recordOf, told } from '../test/model/facts.js'
import type { Message } from './envelope/record-texts.js'
import { EventingOptions } from './eventing-options.js'
import { EventingMetrics } from './metrics.js'
import { Rebuild, type RebuildParts } from './projections/rebuild.js'
import { BatchHandling } from './consume/batch-handling.js'
import type { DeadLetterWriter } from './consume/dead-letter-writer.js'
import type { ErasedIds } from './consume/erased-ids.js'
import { MessageHandling } from './consume/handle-message.js'
import type { BatchedEvent, EventContext, OnOptions } from './consume/on.js'
import type { ProcessedEvents } from './consume/processed-events.js'
import { Reaction, Reactions } from './consume/reaction.js'
import { Attempts, RETRY_MS } from './retry.js'

const GONE = 'gone'

/** Notes what it is asked, and of what. */
function world() {
  const done: string[] = []
  const names = (item: unknown) => (JSON.stringify(item).includes(GONE) ? GONE : 'here')
  const erased = {
    without: async (items: readonly unknown[]) => {
      done.push(`look: ${items.map(names).join()}`)
      return items.filter((item) => names(item) !== GONE)
    },
    isNamedIn: async (item: unknown) => {
      done.push(`look beside: ${names(item)}`)
      return names(item) === GONE
    },
    recheck: async (items: readonly unknown[]) => void done.push(`look again: ${items.map(names).join()}`),
  } as unknown as ErasedIds
  const metrics = new EventingMetrics(new EventingOptions({ service: 'media', brokers: [], registry: new Registry() }))
  const handle = async (events: unknown) => void done.push(`write: ${[events].flat().map(names).join()}`)
  const tell = async (event: Fact, { isWanted }: EventContext) => {
    await handle(event)
    if (isWanted) done.push(`wanted: ${await isWanted()}`)
  }
  return { done, erased, metrics, handle, tell, signal: new AbortController().signal }
}

const message = (type: string, key: string, offset = 0): Message => ({
  ...recordOf(type, { eventId: `${offset}`, key, sequence: 1, trouble: 'none' }),
  ...{ offset: String(offset), timestamp: '0' },
})

describe('what comes late about somebody erased', () => {
  interface Given extends Partial<OnOptions> {
    foresees?: boolean
  }
  const single = async (key: string, { foresees, ...options }: Given = {}, restores?: Restores) => {
    const { done, erased, metrics, tell, signal } = world()
    const before = foresees ? () => void done.push('foresee') : undefined
    const traits = { name: 'Tell', idempotence: 'natural' as const, ...options }
    const reactions = new Reactions([new Reaction(told, traits, tell)])
    const handling = new MessageHandling({
      ...{ reactions, erased, metrics, processedEvents: {} as ProcessedEvents, restores, before },
    })
    const item = { message: message(told.type, key), finished: 0, attempts: new Attempts() }
    await handling.attempt(item, { topic: told.topic.name, partition: 0, replayed: false }, signal, false)
    return done
  }

  it('of time that a restore has lost reaches only what does it again', async () => {
    const heard = ['look: here', 'write: here', 'look again: here']
    const lost = { any: true, isLost: () => true } as unknown as Restores
    const kept = { any: true, isLost: () => false } as unknown as Restores
    expect(await single('here', {}, lost)).toEqual([])
    expect(await single('here', {}, kept)).toEqual(heard)
    expect(await single('here', { ofLostTimeAlone: true }, lost)).toEqual(heard)
    expect(await single('here', { ofLostTimeAlone: true }, kept)).toEqual([])
    expect(await single('here', { ofLostTimeAlone: true })).toEqual([])
  })

  const batch = async (keys: string[], options: Partial<OnOptions> = {}) => {
    const { done, erased, metrics, handle, signal } = world()
    const traits = { name: 'Count', batch: 9, idempotence: 'natural' as const, ...options }
    const reactions = [new Reaction(counted, traits, (events: BatchedEvent[]) => handle(events))]
    const handling = new BatchHandling({ reactions, erased, metrics, deadLetters: {} as DeadLetterWriter })
    const messages = keys.map((key, offset) => message(counted.type, key, offset))
    await handling.handle(messages, { topic: counted.topic.name, partition: 0, replayed: false }, signal, () => {})
    return done
  }

  it('B52 reaches no reaction; each looks once more when it has written', async () => {
    expect(await single('here')).toEqual(['look: here', 'write: here', 'look again: here'])
    expect(await single(GONE)).toEqual(['look: gone'])
  })

  it('is foreseen before the look, though it may reach no reaction, and not when a restore has lost it', async () => {
    const lost = { any: true, isLost: () => true } as unknown as Restores
    expect(await single('here', { foresees: true })).toEqual([
      'foresee',
      'look: here',
      'write: here',
      'look again: here',
    ])
    expect(await single(GONE, { foresees: true })).toEqual(['foresee', 'look: gone'])
    expect(await single('here', { foresees: true }, lost)).toEqual([])
  })

  it('B52 is written where a reaction does not look first, and erased again; what lets something out asks meanwhile', async () => {
    expect(await single(GONE, { look: 'after' })).toEqual(['write: gone', 'look again: gone'])
    expect(await single(GONE, { look: 'beside' })).toEqual([
      'write: gone',
      'look beside: gone',
      'wanted: false',
      'look again: gone',
    ])
  })

  it('B52 is given up by nobody while it is not sure that it is erased again, however often that fails', async () => {
    const { erased, metrics, tell, signal } = world()
    const refused = () => Promise.reject(new Error('SlowDown'))
    const parts = { erased, metrics, processedEvents: {} as ProcessedEvents }
    const at = { topic: told.topic.name, partition: 0, replayed: false }
    for (const [look, failing] of [
      [undefined, 'without'],
      [undefined, 'recheck'],
      ['beside', 'isNamedIn'],
      ['beside', 'recheck'],
      ['after', 'recheck'],
    ] as const) {
      const reactions = new Reactions([new Reaction(told, { name: 'Tell', idempotence: 'natural', look }, tell)])
      const handling = new MessageHandling({ ...parts, erased: { ...erased, [failing]: refused } as never, reactions })
      const item = { message: message(told.type, 'here'), finished: 0, attempts: new Attempts() }
      for (let made = 0; made <= 2 * RETRY_MS.length; made++)
        expect(await handling.attempt(item, at, signal, false)).toEqual(expect.any(Number))
    }
  })

  it('B52 reaches no reaction to many events', async () => {
    expect(await batch(['a', GONE, 'b'])).toEqual(['look: here,gone,here', 'write: here,here', 'look again: here,here'])
    expect(await batch([GONE])).toEqual(['look: gone'])
  })

  it('is heard by what erases it', async () => {
    expect(await single(GONE, { ofErased: true })).toEqual(['write: gone'])
    expect(await batch([GONE], { ofErased: true })).toEqual(['write: gone'])
  })

  it('B52 is not written by a rebuild, which looks once more, too', async () => {
    const { done, erased, handle } = world()
    const store = { confirm: (facts: unknown) => handle(facts).then(() => ({ added: 0, mended: 0, distrusted: 0 })) }
    const rebuild = new Rebuild({
      ...{ erased, allowEmpty: true, note: async () => {}, record: { read: 0, marked: 0, added: 0, mended: 0 } },
      run: { number: 1, signal: new AbortController().signal },
      lease: { held: true, epoch: 1, tryHold: async () => 'held' },
      projection: {
        store,
        source: 'x',
        snapshot: async function* () {
          yield [{ id: 'a' }, { id: GONE }]
        },
      },
    } as unknown as RebuildParts)
    await rebuild.execute()
    expect(done).toEqual(['look: here,gone', 'write: here', 'look again: here'])
  })
})
