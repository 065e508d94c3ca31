import { z } from 'zod'
import { gateway } from '../index.js'
import { days, defineEvent, defineTopic } from './define-event.js'
import { factsAlike } from './facts-alike.js'
import { field } from './field.js'

const about = { classification: 'technical', purpose: 'administration' } as const
const cooked = defineEvent({
  type: 'kitchen.dish.cooked.v1',
  topic: defineTopic({ name: 'kitchen.dish', partitions: 1, retention: days(1), publishers: ['media'] }),
  summary: 'A dish is ready.',
  key: 'dish',
  data: {
    cook: field(z.string().max(5), about),
    dish: field(z.string().max(5), about),
    spice: field(z.string().optional(), about),
    table: field(z.number(), about),
  },
  example: { cook: 'ada', dish: 'soup', table: 1 },
})
const stating = factsAlike(cooked, 'dish', 'spice')

describe('facts that are alike', () => {
  it('are stated as one by one, to the order of their fields', () => {
    const { page, pageKind, subjectId, referrerHost, ...shared } = gateway.pageViewRecorded.example
    const state = factsAlike(gateway.pageViewRecorded, 'page', 'pageKind', 'subjectId', 'referrerHost')(shared)
    const own = [
      { page, pageKind, subjectId, referrerHost },
      { page: '/', pageKind: 'home' as const, subjectId: null, referrerHost: null },
      { page, pageKind, subjectId, referrerHost: null },
    ]
    const alone = own.map((one) => gateway.pageViewRecorded.of({ ...shared, ...one }))
    expect(JSON.stringify(own.map((one) => state(one)))).toBe(JSON.stringify(alone))
  })

  it('take nothing from each other but what they share', () => {
    const state = stating({ cook: 'ada', table: 7 })
    const salted = { dish: 'soup', spice: 'salt' }
    const said = [salted, { dish: 'rice' }].map((own) => JSON.stringify(state(own).data))
    expect(said).toEqual([
      '{"cook":"ada","dish":"soup","spice":"salt","table":7}',
      '{"cook":"ada","dish":"rice","table":7}',
    ])
    const plainFirst = stating({ cook: 'ada', table: 7 })
    expect([{ dish: 'rice' }, salted].map((own) => JSON.stringify(plainFirst(own).data))).toEqual(said.reverse())
    expect(state({ dish: 'rice' }).subject).toBe('rice')
  })

  it('break no rule of the schema, whether they share what breaks it', () => {
    const dish = { dish: 'soup' }
    expect(() => stating({ cook: 'somebody', table: 7 })(dish)).toThrow('cook')
    expect(() => stating({ cook: 'ada', table: 7, waiter: 'bob' } as never)(dish)).toThrow('waiter')
    const state = stating({ cook: 'ada', table: 7 })
    state(dish)
    expect(() => state({ dish: 'everything' })).toThrow('dish')
    expect(() => state({ dish: 'soup', plate: 1 } as never)).toThrow('plate')
  })
})
