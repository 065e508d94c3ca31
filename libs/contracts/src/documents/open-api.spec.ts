import { openApiDocument, publicApis, type JsonSchema } from '../catalogue.js'
import { statusOf } from '../index.js'
import { refusalsOf } from './problem-answers.js'

interface Answer {
  headers?: Record<string, { $ref: string }>
  content?: Record<string, { schema: JsonSchema & { properties?: { code?: { enum?: string[] } } }; example?: unknown }>
}
interface Operation {
  operationId: string
  parameters: { $ref?: string; name?: string; schema?: JsonSchema }[]
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema; example?: unknown }> }
  responses: Record<string, Answer>
}

const document = openApiDocument(publicApis, { version: '1.0.0' }) as unknown as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, JsonSchema> }
}
const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
const operation = (name: string) => operations.find(({ operationId }) => operationId === name)!

/** The paths of objects and enumerations for which a generator would have to make up a name. */
function nameless(schema: unknown, at: string): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties, enum: words } = schema as JsonSchema
  const within = Object.entries(schema).flatMap(([key, value]) => nameless(value, `${at}.${key}`))
  return [...(properties || words ? [at] : []), ...within]
}

describe('the OpenAPI document', () => {
  it('names every object and enumeration, so that a generated client has each type once', () => {
    const inComponents = Object.entries(document.components.schemas).flatMap(([name, schema]) =>
      Object.entries(schema).flatMap(([key, value]) => nameless(value, `${name}.${key}`)),
    )
    const inCalls = operations.flatMap(({ operationId, parameters, requestBody, responses }) =>
      [
        ...parameters.map(({ schema }) => schema),
        ...Object.values(requestBody?.content ?? {}).map(({ schema }) => schema),
        ...Object.values(responses).flatMap(({ content = {} }) =>
          ['application/json'].map((type) => content[type]?.schema),
        ),
      ].flatMap((schema) => nameless(schema, operationId)),
    )
    expect([...inComponents, ...inCalls]).toEqual([])
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining([
        'Photo',
        'PhotoSummaryPage',
        'Profile',
        'ProfileCard',
        'Problem',
        'RegisterAccountRequest',
      ]),
    )
  })

  it.each(publicApis.map((api) => [api.name, api] as const))(
    '%s: each status that refuses has its codes, and no other status refuses',
    (name, api) => {
      const { responses } = operation(name)
      const told = Object.entries(responses).flatMap(([status, { content }]) =>
        (content?.['application/problem+json']?.schema.properties?.code?.enum ?? []).map((code) => `${status} ${code}`),
      )
      expect(told.sort()).toEqual(
        refusalsOf(api)
          .map((code) => `${statusOf(code)} ${code}`)
          .sort(),
      )
      expect(Object.keys(responses).filter((status) => !/^\d{3}$/.test(status) || status.startsWith('5'))).toEqual([
        '503',
      ])
    },
  )

  it.each(operations.map((one) => [one.operationId, one] as const))(
    '%s: shows an example of its body and its answer, and the headers to go by',
    (_name, { requestBody, responses }) => {
      const bodies = [requestBody, ...Object.values(responses)].flatMap((part) => Object.entries(part?.content ?? {}))
      for (const [type, { example }] of bodies) if (/[/+]json$/.test(type)) expect(example).toBeDefined()
      for (const answer of Object.values(responses)) expect(answer.headers).toHaveProperty('X-Request-Id')
      expect(responses['429']?.headers).toHaveProperty('Retry-After')
      expect(responses['503']?.headers).toHaveProperty('Retry-After')
    },
  )

  it('follows from the definitions', () => {
    const headersOf = ({ parameters }: Operation) => parameters.flatMap(({ $ref }) => $ref?.split('/').at(-1) ?? [])
    expect(operation('refreshSession').requestBody?.required).toBe(false)
    expect(operation('logIn').requestBody?.required).toBe(true)
    expect(operation('uploadPhoto').responses['202']?.headers).toHaveProperty('Location')
    expect(headersOf(operation('changePhoto'))).toEqual(['IfMatch'])
    expect(headersOf(operation('getPhoto'))).toEqual(['IfNoneMatch'])
    expect(operation('getPhoto').responses['304']?.headers).toHaveProperty('ETag')
    expect(Object.keys(operation('getRendition').responses['200']?.content ?? {})).toEqual([
      'image/jpeg',
      'image/png',
      'image/webp',
      'application/octet-stream',
    ])
  })
})
