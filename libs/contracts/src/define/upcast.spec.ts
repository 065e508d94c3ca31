import { z } from 'zod'
import { after, days, defineEvent, defineTopic, field, upcast } from '../index.js'

const topic = defineTopic({ name: 'identity.test', partitions: 1, retention: days(1), publishers: ['identity'] })
const about = { classification: 'technical', purpose: 'account' } as const
const id = field(z.string(), about)
const common = { topic, summary: 's', key: 'id' } as const

const v1 = defineEvent({ ...common, type: 'identity.test.named.v1', data: { id }, example: { id: 'a' } })
const v2 = defineEvent({
  ...common,
  type: 'identity.test.named.v2',
  data: { id, length: field(z.int(), about) },
  example: { id: 'a', length: 1 },
  before: after(v1, (data) => ({ ...data, length: data.id.length })),
})
const v3 = defineEvent({
  ...common,
  type: 'identity.test.named.v3',
  data: { id, long: field(z.boolean(), about) },
  example: { id: 'a', long: false },
  before: after(v2, ({ length, ...data }) => ({ ...data, long: length > 2 })),
})

describe('upcasting', () => {
  it('leads an old fact, step by step, to the version a consumer knows', () => {
    expect(upcast(v1.type, { id: 'abc' }, v3)).toEqual({ id: 'abc', long: true })
    expect(upcast(v2.type, { id: 'abc', length: 1 }, v3)).toEqual({ id: 'abc', long: false })
    expect(upcast(v3.type, { id: 'abc', long: true }, v3)).toEqual({ id: 'abc', long: true })
  })

  it('knows no way back, and none from a version yet to come', () => {
    expect(upcast(v2.type, { id: 'abc', length: 3 }, v1)).toBeUndefined()
    expect(upcast('identity.test.named.v9', {}, v3)).toBeUndefined()
  })

  it('refuses data that breaks the schema of its own version', () => {
    expect(() => upcast(v1.type, { id: 1 }, v3)).toThrow(z.ZodError)
  })

  it('has no version without the way from the one before', () => {
    const alone = { ...common, data: { id }, example: { id: 'a' } }
    const before = after(v1, (data) => data)
    expect(() => defineEvent({ ...alone, type: 'identity.test.named.v2' })).toThrow(
      /must follow identity.test.named.v1/,
    )
    expect(() => defineEvent({ ...alone, type: 'identity.test.named.v3', before })).toThrow(/must follow/)
    expect(() => defineEvent({ ...alone, type: 'identity.test.told.v2', before })).toThrow(/must follow/)
    expect(() => defineEvent({ ...alone, type: 'identity.test.told.v1', before })).toThrow(/must follow nothing/)
  })
})
