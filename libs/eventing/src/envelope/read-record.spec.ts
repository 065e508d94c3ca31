import fc from 'fast-check'
import { counted, recordOf, told, troubles } from '../../test/model/facts.js'
import { runs } from '../../test/model/runs.js'
import { PermanentError } from '../errors.js'
import { readEnvelope } from './read-record.js'
import type { Message } from './record-texts.js'

const bytes = fc.option(
  fc
    .oneof(fc.string(), fc.json(), { weight: 3, arbitrary: fc.constant('{"id":"a","trouble":"none"}') })
    .map((text) => Buffer.from(text)),
)
const headers = fc.dictionary(
  fc.constantFrom('ce_id', 'ce_type', 'ce_source', 'ce_subject', 'ce_time', 'ce_sequence', 'traceparent', 'x'),
  fc.oneof(
    fc.string(),
    fc.constantFrom(told.type, counted.type, 'kitchen.order.told.v2', '7'),
    fc.string().map((text) => Buffer.from(text)),
  ),
)

describe('reading records', () => {
  it('gives back what was stated', () => {
    const stated = fc.record({
      eventId: fc.uuid(),
      key: fc.string({ minLength: 1 }),
      sequence: fc.nat(),
      trouble: fc.constantFrom(...troubles),
    })
    const property = fc.property(stated, (fact) => {
      const message = { ...recordOf(told.type, fact), offset: '0', timestamp: '0' }
      expect(readEnvelope(message, told as never)).toMatchObject({
        id: fact.eventId,
        type: told.type,
        subject: fact.key,
        sequence: fact.sequence,
        data: { id: fact.key, trouble: fact.trouble },
      })
    })
    fc.assert(property, runs(300))
  })

  it('reads a record of any kind, or says that no retry would mend it', () => {
    const property = fc.property(bytes, bytes, headers, (key, value, said) => {
      const message = { key, value, headers: said, offset: '0', timestamp: '0' } as Message
      try {
        const { type, sequence = 1 } = readEnvelope(message, told)
        expect([type, Number.isSafeInteger(sequence)]).toEqual([told.type, true])
      } catch (error) {
        expect(error).toBeInstanceOf(PermanentError)
      }
    })
    fc.assert(property, runs(1_000))
  })
})
