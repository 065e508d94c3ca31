import { createHash } from 'node:crypto'
import { eventByType, events } from '../catalogue/event-catalogue.js'
import type { EventDefinition } from '../define/define-event.js'
import { isWord } from './compatibility.js'
import { formerSchemas } from './former-schemas.generated.js'
import { dataSchemaUri, eventSchemaDocument, type JsonSchema } from './json-schema.js'

/** Our namespace (RFC 9562 §5.5): the UUIDv5 of `https://millionpictures.example/schemas` among URLs. */
const NAMESPACE = 'fcd8e561-3833-5a57-af3e-2dcd6bf9740b'

/** Names the schema that data was written by: the same for the same rules, whatever words explain them and whichever site serves them. */
export function schemaId(type: string, schema: JsonSchema): string {
  return uuidV5(NAMESPACE, `${type} ${JSON.stringify(rulesOf(schema))}`)
}

const ids = new Map<string, string | undefined>()

/** Undefined for events that are not public. */
export function schemaIdOf(type: string): string | undefined {
  if (!ids.has(type)) ids.set(type, idOf(eventByType.get(type)))
  return ids.get(type)
}

const idOf = (event: EventDefinition | undefined): string | undefined =>
  event?.topic.public ? schemaId(event.type, eventSchemaDocument(event)) : undefined

let known: ReadonlyMap<string, JsonSchema> | undefined

/** Every schema that a record of a public topic may name: those of today, and those before a field was added. */
export function publicSchemas(): ReadonlyMap<string, JsonSchema> {
  known ??= new Map(
    [...formerSchemas, ...schemasOfToday()].map((schema) => [schemaId(titleOf(schema), schema), schema]),
  )
  return known
}

const schemasOfToday = (): JsonSchema[] =>
  events.filter(({ topic }) => topic.public).map((event) => eventSchemaDocument(event))

const titleOf = (schema: JsonSchema): string => String(schema['title'])

/** The schema with that id, at the address of a site. */
export function schemaWithId(id: string, site?: string): JsonSchema | undefined {
  const schema = publicSchemas().get(id)
  return schema && { ...schema, $id: dataSchemaUri(titleOf(schema), site) }
}

/** What a validator goes by, in one order. */
function rulesOf(schema: unknown): unknown {
  if (Array.isArray(schema))
    return schema.every((one) => typeof one === 'string') ? schema.toSorted() : schema.map(rulesOf)
  if (typeof schema !== 'object' || schema === null) return schema
  const rules = Object.entries(schema).filter(([keyword]) => !isWord(keyword))
  return sorted(
    rules.map(([keyword, value]) => [keyword, keyword === 'properties' ? fieldsOf(value as object) : rulesOf(value)]),
  )
}

const fieldsOf = (properties: object): object =>
  sorted(Object.entries(properties).map(([name, schema]) => [name, rulesOf(schema)]))

const sorted = (entries: [string, unknown][]): object =>
  Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))

function uuidV5(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
  bytes[6] = (bytes[6]! & 0x0f) | 0x50
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex', 0, 16)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
