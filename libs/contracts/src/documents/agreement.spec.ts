import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { z } from 'zod'
import { openApiDocument, publicApis, type JsonSchema } from '../catalogue.js'
import { type ApiDefinition, emailAddressOf, trimmed } from '../index.js'
import { exampleOf } from './example-of.js'
import { Components } from './components.js'

interface Operation {
  operationId: string
  parameters: { name?: string; in?: string; schema?: JsonSchema }[]
  requestBody?: { content: Record<string, { schema: JsonSchema }> }
}

const document = openApiDocument(publicApis, { version: '1.0.0' }) as unknown as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, JsonSchema> }
}
const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
const { schemas } = document.components
const components = new Components()
for (const [name, schema] of Object.entries(schemas)) components.keep(name, schema)

const ajv = addFormats.default(new Ajv2020({ strict: false }))
ajv.addFormat('idn-email', (text) => emailAddressOf(trimmed(text)) !== undefined)
const validator = (schema: JsonSchema) => ajv.compile({ ...schema, components: document.components })

/** The texts at the bounds of a schema, and those that look like others. */
function texts(
  { minLength = 0, maxLength = 40 }: { minLength?: number; maxLength?: number },
  example: string,
): string[] {
  const lengths = [minLength - 1, minLength, maxLength, maxLength + 1].filter((n) => n >= 0 && n < 10_000)
  const odd = [
    '',
    ' ',
    '\t',
    '\u00a0',
    `${example}\n`,
    `${example}\u0000`,
    `${example}\u202e`,
    ` ${example}`,
    `${example} `,
  ]
  return [example, ...odd, ...lengths.flatMap((n) => ['a'.repeat(n), '😀'.repeat(n), 'é'.repeat(n)])]
}

function candidates(given: JsonSchema): unknown[] {
  const schema: JsonSchema = { ...components.resolve(given), ...given }
  const example = exampleOf(given, components)
  const others = [null, 'other', 5, 1.5, true, [], {}]
  if (Array.isArray(schema['anyOf'])) return [...(schema['anyOf'] as JsonSchema[]).flatMap(candidates), ...others]
  if (schema['items']) {
    const items = candidates(schema['items'] as JsonSchema).map((item) => [item])
    const most = Number(schema['maxItems'] ?? 3)
    const one = exampleOf(schema['items'] as JsonSchema, components)
    return [...items, Array(most).fill(one), Array(most + 1).fill(one), ...others]
  }
  if (schema['type'] === 'string') return [...texts(schema, String(example)), ...others]
  if (schema['type'] === 'integer') {
    const { minimum = 0, maximum = 100 } = schema as { minimum?: number; maximum?: number }
    return [minimum - 1, minimum, maximum, maximum + 1, ...others].filter((n) => Math.abs(Number(n)) < 2 ** 53)
  }
  return [example, ...others]
}

/** The service is stricter than a pattern for every engine can say; the descriptions tell so. */
const SAID_IN_WORDS = new Set(['changeMe timeZone', 'changeMyProfile urls'])
const isOfOtherScripts = (value: unknown) => /[^ -~]/.test(JSON.stringify(value))
const SAID_OF_OTHER_SCRIPTS = new Set(['changePhoto tags', 'uploadPhoto tags', 'explorePhotos tag'])
const isSaidInWords = (what: string, value: unknown) =>
  SAID_IN_WORDS.has(what) ||
  /^getTraffic\w+ zone$/.test(what) ||
  (SAID_OF_OTHER_SCRIPTS.has(what) && isOfOtherScripts(value))

interface Disagreement {
  what: string
  value: unknown
  document: boolean
  service: boolean
}

function compare(what: string, value: unknown, document: boolean, service: boolean): Disagreement[] {
  if (document === service || (document && isSaidInWords(what, value))) return []
  return [{ what, value, document, service }]
}

const propertiesOf = (schema: JsonSchema) => components.resolve(schema)['properties'] as Record<string, JsonSchema>

const without = (name: string, body: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(body).filter(([other]) => other !== name))

function inBody(api: ApiDefinition, { content }: NonNullable<Operation['requestBody']>): Disagreement[] {
  const { schema } = content[api.bodyType ?? 'application/json']!
  const [valid, example] = [validator(schema), exampleOf(schema, components) as Record<string, unknown>]
  const accepts = (body: unknown) => api.body!.safeParse(body).success
  const changed = Object.entries(propertiesOf(schema)).flatMap(([name, field]) => [
    ...candidates(field).map((value) => [name, { ...example, [name]: value }] as const),
    [name, without(name, example)] as const,
  ])
  const whole = [example, { ...example, unknown: 1 }, {}, null, [], 'text', 5].map((body) => ['whole', body] as const)
  return [...changed, ...whole].flatMap(([name, body]) =>
    compare(`${api.name} ${name}`, body, valid(body), accepts(body)),
  )
}

/** In a form every value is a text, a field may come several times, and the file is bytes. */
function inForm(api: ApiDefinition, { content }: NonNullable<Operation['requestBody']>): Disagreement[] {
  const { schema } = content['multipart/form-data']!
  const [valid, properties] = [validator(schema), propertiesOf(schema)]
  const example = exampleOf(schema, components) as Record<string, unknown>
  const isList = (name: string) => components.resolve(properties[name] ?? {})['type'] === 'array'
  const sent = (name: string, value: unknown) => {
    if (properties[name]?.['format'] === 'binary') return new File(['bytes'], 'picture.jpg')
    return Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value
  }
  const accepts = (form: Record<string, unknown>) =>
    api.body!.safeParse(Object.fromEntries(Object.entries(form).map(([name, value]) => [name, sent(name, value)])))
      .success
  const texts = Object.entries(properties).filter(([, { format }]) => format !== 'binary')
  const changed = texts.flatMap(([name, field]) =>
    candidates(field)
      .filter(isWritable)
      .map(written)
      .map((value) => [name, { ...example, [name]: isList(name) ? [value].flat() : value }] as const),
  )
  const fields = Object.keys(properties).map((name) => [name, without(name, example)] as const)
  const whole = [example, { ...example, unknown: '1' }, {}].map((form) => ['whole', form] as const)
  return [...changed, ...fields, ...whole].flatMap(([name, form]) =>
    compare(`${api.name} ${name}`, form[name] ?? form, valid(form), accepts(form)),
  )
}

const written = (value: unknown): unknown => (Array.isArray(value) ? value.map(String) : String(value))
const isWritable = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 && value.every((one) => typeof one === 'string') : typeof value !== 'object'

function inAddress(api: ApiDefinition, { parameters }: Operation): Disagreement[] {
  return parameters.flatMap(({ name, in: where, schema }) => {
    if (!name || !schema || (where !== 'path' && where !== 'query')) return []
    const field = ((where === 'path' ? api.params : api.query) as z.ZodObject).shape[name] as z.ZodType
    const valid = validator(schema)
    const isText = components.resolve(schema)['type'] === 'string'
    return candidates(schema)
      .filter(isWritable)
      .map((value) => (isText ? written(value) : value))
      .flatMap((value) => compare(`${api.name} ${name}`, value, valid(value), field.safeParse(written(value)).success))
  })
}

describe('what the document says is what the service accepts and refuses', () => {
  it.each(publicApis.map((api) => [api.name, api] as const))('%s', (name, api) => {
    const operation = operations.find(({ operationId }) => operationId === name)!
    const inRequest = api.bodyType === 'multipart/form-data' ? inForm : inBody
    expect([
      ...inAddress(api, operation),
      ...(operation.requestBody ? inRequest(api, operation.requestBody) : []),
    ]).toEqual([])
  })
})
