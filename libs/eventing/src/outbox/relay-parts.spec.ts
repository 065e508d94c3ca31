import { changedFields } from './changed-fields.js'
import { chunks } from './chunks.js'
import { refusalOf } from './kafka-refusal.js'
import { readSaved } from './outbox-source.js'
import type { OutboxEntry } from './stamp.js'

const entry = (seq: number) => ({ id: `${seq}`, seq, type: 't', subject: 's', time: '', data: 0 }) as OutboxEntry
const pending = (id: string, ...seqs: number[]) => ({ collection: 'c', id, events: seqs.map(entry) })

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
})
