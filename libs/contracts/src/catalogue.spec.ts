import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { z } from 'zod'
import {
  analysts,
  consumers,
  defineEvent,
  defineTopic,
  defineUpcaster,
  days,
  eventByType,
  events,
  eventSchemaDocument,
  field,
  topics,
  topicsFor,
  trafficPurposes,
  upcast,
} from './index.js'

const goldenFolder = join(__dirname, '../golden')
interface Golden {
  sample: unknown
  schema: Record<string, unknown>
}
const golden = readdirSync(goldenFolder).map((file) => ({
  type: file.replace(/\.json$/, ''),
  ...(JSON.parse(readFileSync(join(goldenFolder, file), 'utf8')) as Golden),
}))
const ajv = addFormats.default(new Ajv2020({ strict: false }))

describe('the catalogue', () => {
  it('has each type and each topic once', () => {
    expect(new Set(events.map((e) => e.type)).size).toBe(events.length)
    expect(topics.length).toBeGreaterThan(8)
  })

  it.each(events.map((e) => [e.type, e] as const))(
    '%s: its example is valid, and its golden sample is kept',
    (type, event) => {
      expect(event.of(event.example)).toMatchObject({ type, subject: event.keyOf(event.example) })
      expect(existsSync(join(goldenFolder, `${type}.json`))).toBe(true)
    },
  )

  it('B03 every field says its classification and purpose, or it cannot be defined', () => {
    const topic = defineTopic({ name: 'identity.test', partitions: 1, retention: days(1), publishers: ['identity'] })
    const undeclared = () =>
      defineEvent({
        type: 'identity.test.done.v1',
        topic,
        summary: '',
        key: 'id',
        data: { id: z.uuid() },
        example: { id: '' },
      })
    expect(undeclared).toThrow(/classification/)
  })

  it('B31 what tells of browsers names no account, and what names accounts no browser', () => {
    const fields = (prefix: RegExp) =>
      events.filter((e) => prefix.test(e.topic.name)).flatMap((e) => Object.keys(e.schema.shape))
    expect(
      fields(/^(traffic|analytics)\./).filter((f) => /account|owner|follower|session|request|trace/i.test(f)),
    ).toEqual([])
    expect(
      fields(/^(identity|profiles|media|notifications)\./).filter((f) => /^(browser|ip|visitor)/i.test(f)),
    ).toEqual([])
  })

  it('B14 traffic is read by analytics alone, for a purpose of the policy', () => {
    const readers = consumers.filter((c) => c.event.topic.name.startsWith('traffic.'))
    expect([...new Set(readers.map((c) => c.service))]).toEqual(['analytics'])
    expect(trafficPurposes).toEqual(expect.arrayContaining(readers.map((c) => c.purpose)))
  })

  it('B14 analysts read traffic and what is counted from it; for one purpose, only what is held for it', () => {
    const [analyst] = analysts
    expect(analyst!.topics.map(({ name }) => name).sort()).toEqual(
      topics
        .map(({ name }) => name)
        .filter((name) => /^(traffic|analytics)\./.test(name))
        .sort(),
    )
    expect(topicsFor(['trend-analysis']).map(({ name }) => name)).not.toContain('traffic.page-view')
    expect(topicsFor(['mail'])).toEqual([])
  })

  it('no event has a field for a person’s words or address', () => {
    const personal = events.flatMap((e) =>
      Object.entries(e.schema.shape).filter(([, s]) =>
        ['personal', 'secret'].includes(String(s.meta()?.['classification'])),
      ),
    )
    expect(personal).toEqual([])
  })
})

describe('compatibility with every released version', () => {
  it.each(golden.map((g) => [g.type, g] as const))(
    '%s: consumers of today read what was published then',
    (type, { sample }) => {
      expect(eventByType.get(type)?.schema.safeParse(sample).error).toBeUndefined()
    },
  )

  it.each(golden.map((g) => [g.type, g] as const))(
    '%s: analysts who validate against the released schema accept what is published today',
    (type, { schema }) => {
      const accepts = ajv.compile(schema)
      expect({ ok: accepts(eventByType.get(type)?.example), errors: accepts.errors }).toEqual({
        ok: true,
        errors: null,
      })
    },
  )

  it('a field that becomes required, or leaves, is noticed', () => {
    const registered = eventByType.get('identity.account.registered.v1')!
    const { sample, schema } = golden.find((g) => g.type === registered.type)!
    expect(registered.schema.extend({ added: z.string() }).safeParse(sample).success).toBe(false)
    const { accountId: _, ...rest } = registered.example as Record<string, unknown>
    expect(ajv.compile(schema)(rest)).toBe(false)
    expect(
      ajv.compile(eventSchemaDocument(registered))({
        ...rest,
        accountId: (sample as { accountId: string }).accountId,
        later: 1,
      }),
    ).toBe(true)
  })
})

describe('upcasting', () => {
  const topic = defineTopic({ name: 'identity.test', partitions: 1, retention: days(1), publishers: ['identity'] })
  const about = { classification: 'technical', purpose: 'account' } as const
  const v1 = defineEvent({
    type: 'identity.test.named.v1',
    topic,
    summary: 's',
    key: 'id',
    data: { id: field(z.string(), about) },
    example: { id: 'a' },
  })
  const v2 = defineEvent({
    type: 'identity.test.named.v2',
    topic,
    summary: 's',
    key: 'id',
    data: { id: field(z.string(), about), length: field(z.int(), about) },
    example: { id: 'a', length: 1 },
  })
  const steps = [defineUpcaster(v1, v2, (d) => ({ ...d, length: d.id.length }))]

  it('leads an old fact to the version a consumer knows', () => {
    expect(upcast('identity.test.named.v1', { id: 'abc' }, v2 as never, steps)).toEqual({ id: 'abc', length: 3 })
    expect(upcast('identity.test.named.v9', {}, v2 as never, steps)).toBeUndefined()
  })

  it('refuses a step that skips a version or changes the event', () => {
    expect(() => defineUpcaster(v2, v1, () => ({ id: '' }))).toThrow(/one version to the next/)
  })
})
