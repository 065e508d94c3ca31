import { after, defineEvent } from '@mpics/contracts'
import { counted, recordOf } from '../../test/model/facts.js'
import { BatchEntry } from './batch-entry.js'

const next = defineEvent({
  ...{ type: 'kitchen.stock.counted.v2', topic: counted.topic, summary: 'Something is so.', key: 'id' },
  ...{ data: counted.schema.shape, example: counted.example, before: after(counted, (data) => data) },
})

it('a message is read once as each version that somebody hears of, however often it is tried', () => {
  const stated = { eventId: 'a', key: 'a', sequence: 1, trouble: 'none' as const }
  const entry = new BatchEntry({ ...recordOf(counted.type, stated), offset: '7', timestamp: '0' }, [])
  const origin = { topic: 'kitchen.stock', partition: 0, replayed: false }
  const attempt = () => [counted, next].map((version) => entry.eventOf(version, origin))
  const [first, again] = [attempt(), attempt()]
  expect(first).toMatchObject([{ offset: 7 }, { offset: 7 }])
  expect(again.map((event, i) => event === first[i])).toEqual([true, true])
})
