import { eventually } from '@mpics/testing'
import { Logger } from '@nestjs/common'
import fc from 'fast-check'
import { runs } from '../../test/model/runs.js'
import { PermanentError } from '../errors.js'
import { changedFields } from './changed-fields.js'
import { chunks } from './chunks.js'
import { refusalOf } from './kafka-refusal.js'
import { readSaved, type Removal } from './outbox-source.js'
import { OwnFacts } from './own-facts.js'
import { Remover } from './remover.js'
import { type OutboxEntry, stamp } from './stamp.js'
import { Telling } from './telling.js'

const entry = (seq: number) => ({ id: `${seq}`, seq, type: 't', subject: 's', time: '', data: 0 }) as OutboxEntry
const pending = (id: string, ...seqs: number[]) => ({ collection: 'c', id, events: seqs.map(entry) })

/** What listens to `t` fails at these sequences. */
function telled() {
  const [done, givenUp, failing, mayWait] = [[] as string[], [] as string[], new Map<number, Error>(), { is: true }]
  const ownFacts = new OwnFacts()
  const listen = async (some: readonly { sequence: number }[]) => {
    for (const { sequence } of some) if (failing.has(sequence)) throw failing.get(sequence)!
  }
  ownFacts.add([{ type: 't' }], listen, 'a rebuild')
  const telling = new Telling({
    ownFacts,
    capacity: 100,
    mayWait: () => mayWait.is,
    done: (all) => done.push(...all.map(({ id, events }) => [id, ...events.map(({ seq }) => seq)].join(' '))),
    givenUp: (type) => givenUp.push(type),
  })
  return { done, failing, givenUp, mayWait, telling }
}

describe('the relay', () => {
  it('cuts what it found into requests without taking an aggregate out of order', () => {
    const cut = [...chunks([pending('a', 1, 2), pending('b', 1), pending('c', 1, 2, 3, 4, 5)], 3)]
    expect(cut.map((chunk) => chunk.map(({ id, events }) => [id, events.map(({ seq }) => seq)]))).toEqual([
      [
        ['a', [1, 2]],
        ['b', [1]],
      ],
      [['c', [1, 2, 3]]],
      [['c', [4, 5]]],
    ])
  })

  it('does not go on publishing while as many events wait to be removed as there is room for', async () => {
    const removed: string[] = []
    const source = { remove: async (_: string, { ids }: Removal) => void removed.push(...ids) }
    const remover = new Remover(source, 4)
    await remover.add([pending('a', 1, 2, 3)])
    expect(removed).toEqual([])
    await remover.add([pending('b', 1)])
    expect(removed).toEqual(['a', 'b'])
  })

  it('says why published events are not removed, and quotes no address', async () => {
    const warned = new Promise((resolve) => {
      jest.spyOn(Logger.prototype, 'warn').mockImplementation(resolve)
    })
    const remove = jest.fn<Promise<void>, []>(() => Promise.resolve())
    const remover = new Remover({ remove: remove.mockRejectedValueOnce(new Error('a document of ada@example.org')) }, 4)
    await remover.add([pending('a', 1)])
    expect(await warned).toBe('Published events stay in their outboxes for now: a document of …')
    await remover.flush()
    jest.restoreAllMocks()
  })

  it('goes on without what a listener fails at, which waits alone, with what follows of its document', async () => {
    const { done, failing, telling } = telled()
    failing.set(1, new Error('not now'))
    const other = { ...pending('a', 9), id: 'a', events: [{ ...entry(9), type: 'other' }] }
    expect(await telling.add([pending('a', 1), pending('b', 2), { ...other, id: 'c' }])).toEqual([
      { ...other, id: 'c' },
    ])
    await eventually(() => done.length === 1)
    expect(await telling.add([other])).toEqual([])
    expect(telling.unpublished([pending('a', 1, 3), pending('a', 9), pending('d', 1)])).toEqual([
      pending('a', 3),
      pending('d', 1),
    ])
    const waited = telling.ids()
    failing.clear()
    await eventually(() => done.length === 2)
    expect(done).toEqual(['b 2', 'a 1 9'])
    // a scan that began before may find it only now
    expect(telling.unpublished([pending('a', 1, 3)], waited)).toEqual([pending('a', 3)])
  })

  it('waits where too many wait for their service, but not at the end of a term', async () => {
    const { done, failing, mayWait, telling } = telled()
    failing.set(1, Object.assign(new Error('away'), { name: 'MongoNetworkError' }))
    const many = [{ ...pending('a'), events: Array.from({ length: 100 }, () => entry(1)) }]
    let isAdded = false
    const adding = telling.add(many).then(() => (isAdded = true))
    await eventually(() => telling.ids().size > 0)
    expect(isAdded).toBe(false)
    mayWait.is = false
    await adding
    await telling.end(false)
    expect(done).toEqual([])
  })

  it('gives up what a listener fails at for good, and says what mends it, but nothing while MongoDB is away', async () => {
    const complaint = jest.spyOn(Logger.prototype, 'error').mockImplementation()
    const { done, failing, givenUp, telling } = telled()
    failing.set(1, new PermanentError('no such field'))
    failing.set(2, Object.assign(new Error('away'), { name: 'MongoNetworkError' }))
    await telling.add([pending('a', 1), pending('b', 1, 2)])
    await eventually(() => done.length === 1)
    await telling.end(true)
    const said = [expect.stringMatching(/2 of its own.*no such field.* mended by a rebuild$/)]
    expect([done, givenUp, complaint.mock.calls]).toEqual([['a 1'], ['t', 't'], [said]])
    complaint.mockRestore()
  })

  it('finds out by halves what a listener fails at, tells of all others, and calls it no oftener in an outage', async () => {
    const [ownFacts, told] = [new OwnFacts(), [] as number[]]
    let [calls, running, most, error] = [0, 0, 0, new Error('not this one')]
    const listen = async (some: readonly { sequence: number }[]) => {
      calls++
      most = Math.max(most, ++running)
      await Promise.resolve()
      running--
      if (some.some(({ sequence }) => sequence === 7)) throw error
      told.push(...some.map(({ sequence }) => sequence))
    }
    ownFacts.add([{ type: 't' }], listen, 'nothing')
    const facts = Array.from({ length: 2_500 }, (_, n) => entry(n))
    expect([...(await ownFacts.tell(facts)).keys()]).toEqual(['7'])
    expect([told.length, most, calls < 30]).toEqual([2_499, 1, true])
    ;[calls, error] = [0, Object.assign(new Error('away'), { name: 'MongoNetworkError' })]
    expect([(await ownFacts.tell(facts)).size, calls]).toEqual([1_000, 3])
  })

  it.each([
    ['fenced', { type: 'INVALID_PRODUCER_EPOCH' }],
    ['topic', { name: 'KafkaJSNumberOfRetriesExceeded', cause: { type: 'UNKNOWN_TOPIC_OR_PARTITION' } }],
    ['too-large', { originalError: { type: 'MESSAGE_TOO_LARGE' } }],
    ['away', new Error('connect ECONNREFUSED')],
  ])('reads from kafkajs that Kafka says: %s', (refusal, error) => {
    expect(refusalOf(error)).toBe(refusal)
  })

  it.each([
    ['an insert', { fullDocument: { _outbox: [entry(1), entry(2)] } }],
    [
      'the first of an empty outbox',
      { updateDescription: { updatedFields: { version: 2, _outbox: [entry(1), entry(2)] } } },
    ],
    [
      'further ones',
      {
        updateDescription: {
          updatedFields: { '_outbox.10': entry(2), '_outbox.9': entry(1), 'tags._outbox.1': entry(9) },
        },
      },
    ],
  ])('reads the events of a save: %s', (_, change) => {
    const { events } = readSaved({ ns: { coll: 'c' }, documentKey: { _id: 'a' }, ...change })
    expect(events.map(({ seq }) => seq)).toEqual([1, 2])
  })

  it('writes only the fields that differ', () => {
    const before = { id: 'a', version: 1, name: 'x', at: new Date(1), tags: ['a'], gone: 1 }
    const after = { id: 'a', name: 'y', at: new Date(1), tags: ['a'], gone: undefined, fresh: { b: 1 } }
    expect(changedFields(before, after)).toEqual({ $set: { name: 'y', fresh: { b: 1 } }, $unset: { gone: 1 } })
  })

  it('cuts anything so that nothing is lost, nothing is too long, and each document stays in order', () => {
    const found = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(7)), { maxLength: 12 })
    const property = fc.property(found, fc.integer({ min: 1, max: 5 }), (documents, limit) => {
      const from = documents.map(([id, length]) => pending(id, ...Array.from({ length }, (_, i) => i + 1)))
      const cut = [...chunks(from, limit)]
      const flat = (of: typeof from) => of.flatMap(({ id, events }) => events.map(({ seq }) => `${id}${seq}`))
      expect(flat(cut.flat())).toEqual(flat(from))
      for (const chunk of cut) expect(flat(chunk).length).toBeLessThanOrEqual(limit)
    })
    fc.assert(property, runs(300))
  })

  it('writes what makes the one state of the other, whatever they are', () => {
    const value = fc.oneof(
      fc.nat(2),
      fc.constant(null),
      fc.constant(undefined),
      fc.array(fc.nat(2), { maxLength: 2 }),
      fc.date(),
    )
    const state = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), value)
    const property = fc.property(state, state, (before, after) => {
      const { $set, $unset } = changedFields(before, after)
      const next = Object.fromEntries(Object.entries({ ...before, ...$set }).filter(([name]) => !(name in $unset)))
      // what is undefined is not stored
      expect(next).toEqual(after)
      for (const [name, changed] of Object.entries($set)) expect(changed).not.toEqual(before[name])
    })
    fc.assert(property, runs(300))
  })

  it('numbers the events of a document without a gap within a save, each above all before', () => {
    const saves = fc.array(fc.nat(3), { maxLength: 6 })
    const property = fc.property(saves, (counts) => {
      let version = 0
      const sequences = counts.flatMap((length) => {
        const made = stamp(
          Array.from({ length }, () => ({ type: 'media.photo.told.v1', subject: 'a', data: {} })),
          version,
        )
        version += Math.max(1, length)
        return made.map(({ seq }) => seq)
      })
      expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b))
      expect(sequences.every((seq) => seq <= version)).toBe(true)
    })
    fc.assert(property, runs(100))
  })
})
