import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { publicSchemas, schemaId, schemaIdOf, schemaWithId } from './schema-id.js'
import { events, type JsonSchema } from '../catalogue.js'

const folder = join(__dirname, '../../golden')
const released = readdirSync(folder).map((file) => {
  const { schema } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { schema: JsonSchema }
  return { type: String(schema['title']), schema }
})

describe('the id of a schema', () => {
  const title = { type: 'string', minLength: 1 }
  const schema = { type: 'object', required: ['title', 'at'], properties: { title, at: { type: 'string' } } }
  const id = schemaId('a.b.c.v1', schema)

  it('is a UUIDv5 in our namespace, the same in every build', () =>
    expect(id).toBe('a0166133-ec11-5311-b01d-a880a2b7b921'))

  it('stays with words and order, and goes with rules, fields and types', () => {
    const words = { ...schema, $id: 'https://pictures.example/x', description: 'other', examples: [1] }
    const order = { properties: { at: { type: 'string' }, title }, required: ['at', 'title'], type: 'object' }
    expect([words, order].map((same) => schemaId('a.b.c.v1', same))).toEqual([id, id])
    const fewer = { ...schema, properties: { at: { type: 'string' } } }
    const others = [schemaId('a.b.c.v2', schema), schemaId('a.b.c.v1', fewer), schemaId('a.b.c.v1', {})]
    expect(new Set([id, ...others]).size).toBe(4)
  })

  it('of each schema that was released for a public topic is known, and says what it said', () => {
    const isPublic = new Set(events.filter(({ topic }) => topic.public).map(({ type }) => type))
    const ofPublic = released.filter(({ type }) => isPublic.has(type))
    expect(new Set(ofPublic.map(({ type }) => type))).toEqual(isPublic)
    for (const { type, schema: one } of ofPublic)
      expect(schemaWithId(schemaId(type, one))).toMatchObject({ title: type, required: one['required'] })
  })

  it('of every public event is among them, and no other event has one', () => {
    for (const { type, topic } of events)
      expect([type, publicSchemas().has(schemaIdOf(type) ?? '')]).toEqual([type, topic.public])
    expect(schemaIdOf('no.such.event.v1')).toBeUndefined()
  })
})
