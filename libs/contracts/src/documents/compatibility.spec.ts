import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { z } from 'zod'
import { breaks } from './compatibility.js'
import { eventByType, events, eventSchemaDocument, type JsonSchema, jsonSchemaOf } from '../catalogue.js'
import { field, vocabulary } from '../index.js'

interface Golden {
  type: string
  sample: Record<string, unknown>
  schema: JsonSchema & { properties: Record<string, JsonSchema> }
}

const folder = join(__dirname, '../../golden')
const golden = readdirSync(folder).map((file): Golden => {
  const kept = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Omit<Golden, 'type'>
  return { ...kept, type: file.replace(/(\.revision-\d+)?\.json$/, '') }
})
const each = golden.map((g) => [g.type, g] as const)
/** One for each schema: revisions of a version have the same `$id`. */
const ajv = () => addFormats.default(new Ajv2020({ strict: false }))

describe('compatibility with everything that was released', () => {
  it.each(each)('%s: consumers of today read what was published then', (type, { sample }) => {
    expect(eventByType.get(type)?.schema.safeParse(sample).error).toBeUndefined()
  })

  it.each(each)('%s: who validates by the released schema accepts what is published today', (type, { schema }) => {
    const accepts = ajv().compile(schema)
    expect({ ok: accepts(eventByType.get(type)?.example), errors: accepts.errors }).toEqual({ ok: true, errors: null })
  })

  it.each(each)('%s: nothing was changed that somebody may rely on', (type, { schema }) => {
    expect(breaks(schema, eventSchemaDocument(eventByType.get(type)!))).toEqual([])
  })

  it.each(events.map((event) => [event.type, event] as const))(
    '%s: each of its fields is kept as released, and shown by its example',
    (type, event) => {
      const kept = golden.filter((g) => g.type === type).flatMap(({ schema }) => Object.keys(schema.properties))
      // a field that is missing here was added: `npm run generate` writes the revision that keeps it
      expect([...new Set(kept)].sort()).toEqual(Object.keys(event.schema.shape).sort())
      expect(Object.keys(event.example).sort()).toEqual(Object.keys(event.schema.shape).sort())
    },
  )
})

const about = { classification: 'identifier', purpose: 'account' } as const
const technical = { classification: 'technical', purpose: 'account' } as const
const fields = {
  id: field(z.uuid(), about),
  kind: field(z.enum(['a', 'b']), technical),
  size: field(z.int().min(1), technical),
  tags: field(z.array(z.string().max(40)), technical),
  note: field(z.string().optional(), technical),
  at: z.object({ x: z.number() }),
}
const schemaOf = (changes: Record<string, z.ZodType | undefined>) =>
  jsonSchemaOf(z.object(Object.fromEntries(Object.entries({ ...fields, ...changes }).filter(([, s]) => s))))
const colours = (known: Record<string, string>, pattern?: RegExp) =>
  schemaOf({ colour: field(vocabulary('colour', known, pattern).open, technical) })
const released = schemaOf({})

describe('within a version', () => {
  it.each<[what: string, changes: Record<string, z.ZodType | undefined>, said: string[]]>([
    ['a field is removed', { kind: undefined }, ['data.kind is gone']],
    ['a field is renamed', { kind: undefined, sort: fields.kind.optional() }, ['data.kind is gone']],
    ['what is optional becomes required', { note: field(z.string(), technical) }, ['data.note is required now']],
    ['what is required becomes optional', { id: field(z.uuid().optional(), about) }, ['data.id may be absent now']],
    ['a required field is added', { later: z.string() }, ['data.later is required now']],
    ['an enumeration loses a value', { kind: field(z.enum(['a']), technical) }, ['data.kind: enum was']],
    ['an enumeration gets a value', { kind: field(z.enum(['a', 'b', 'c']), technical) }, ['data.kind: enum was']],
    ['a number is bounded more', { size: field(z.int().min(2), technical) }, ['data.size: minimum was 1 and is 2']],
    ['a number is bounded less', { size: field(z.int().min(0), technical) }, ['data.size: minimum was 1 and is 0']],
    [
      'a type changes',
      { size: field(z.number().min(1), technical) },
      ['data.size: type was "integer"', 'data.size: maximum'],
    ],
    [
      'it may be null',
      { kind: field(z.enum(['a', 'b']).nullable(), technical) },
      ['data.kind: type', 'data.kind: enum', 'data.kind: anyOf'],
    ],
    ['what a list holds changes', { tags: field(z.array(z.string().max(20)), technical) }, ['data.tags[]: maxLength']],
    ['a field within a field leaves', { at: z.object({}) }, ['data.at.x is gone']],
    ['a format changes', { id: field(z.string(), about) }, ['data.id: format', 'data.id: pattern']],
    ['a classification changes', { id: field(z.uuid(), technical) }, ['data.id: x-classification was "identifier"']],
    ['a purpose changes', { id: field(z.uuid(), { ...about, purpose: 'mail' }) }, ['data.id: x-purpose was "account"']],
  ])('it is refused that %s', (_, changes, said) => {
    expect(breaks(released, schemaOf(changes))).toEqual(said.map((words) => expect.stringContaining(words)))
  })

  it('an optional field may be added, and words may be improved', () => {
    const described = field(z.enum(['a', 'b']), { ...technical, description: 'better words' })
    const now = schemaOf({
      later: z.string().optional(),
      kind: described,
      at: z.object({ x: z.number(), y: z.number().optional() }),
    })
    expect(breaks(released, now)).toEqual([])
  })

  it('a vocabulary may get a word and lose one, and keeps its form', () => {
    const [few, more] = [colours({ red: '' }), colours({ red: '', blue: '' })]
    expect(few).toMatchObject({ properties: { colour: { 'x-known-values': { red: '' }, 'x-vocabulary': 'colour' } } })
    expect([...breaks(few, more), ...breaks(more, few)]).toEqual([])
    expect(breaks(few, colours({ red: '' }, /^[a-z]+$/))).toEqual([expect.stringContaining('data.colour: pattern was')])
    const orNull = (known: Record<string, string>, pattern?: RegExp) =>
      schemaOf({ colour: field(vocabulary('colour', known, pattern).open.nullable(), technical) })
    expect(breaks(orNull({ red: '' }), orNull({ red: '', blue: '' }))).toEqual([])
    expect(breaks(orNull({ red: '' }), orNull({ red: '' }, /^[a-z]+$/))).toEqual([
      expect.stringContaining('data.colour: pattern was'),
    ])
    expect(breaks(orNull({ red: '' }), few)).toContainEqual(expect.stringContaining('data.colour: anyOf was'))
  })

  it('nothing may be added where the released schema was closed', () => {
    const closed = { ...released, additionalProperties: false }
    const now = { ...schemaOf({ later: z.string().optional() }), additionalProperties: false }
    expect(breaks(closed, now)).toEqual(['data.later was forbidden'])
  })
})
