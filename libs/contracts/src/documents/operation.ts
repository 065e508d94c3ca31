import { z } from 'zod'
import type { Access, ApiDefinition } from '../define/define-api.js'
import { headersNamed, headersOfAnswer } from './answer-headers.js'
import type { Components } from './components.js'
import { exampleOf } from './example-of.js'
import type { JsonSchema } from './json-schema.js'
import { hasRoles, problemAnswers } from './problem-answers.js'

const securityOf = (access: Access): JsonSchema[] =>
  access === 'anonymous' ? [{}, { accessToken: [] }] : [{ accessToken: [] }]

const rolesOf = (access: Access): JsonSchema =>
  access === 'member' ? { 'x-roles': ['member'] } : hasRoles(access) ? { 'x-roles': access.roles } : {}

function parametersOf(schema: z.ZodType, where: 'path' | 'query', components: Components): JsonSchema[] {
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, s]) => {
    const { description, ...described } = components.schemaOf(s, 'input')
    return {
      name,
      in: where,
      required: where === 'path' || !s.safeParse(undefined).success,
      ...(description !== undefined && { description }),
      schema: described,
      ...(described['type'] === 'array' && { style: 'form', explode: true }),
    }
  })
}

const header = (name: string, description: string, schema: JsonSchema = {}): JsonSchema => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string', ...schema },
})

/** Parameters of many calls, which the document names once. */
export const requestHeaders = {
  IfNoneMatch: header('If-None-Match', 'Answers 304 while the answer has this `ETag`'),
  IfMatch: header('If-Match', 'Makes the change only while what was read has this `ETag`; else 412'),
  Range: header('Range', 'Asks for a part: `bytes=0-1023`'),
  IdempotencyKey: header('Idempotency-Key', 'Makes a repeated POST answer as the first did, for 24 hours', {
    minLength: 1,
    maxLength: 255,
    pattern: '^[!-~]*$',
  }),
}

const requestHeadersOf = ({ method, answerTypes, problems, idempotent }: ApiDefinition): JsonSchema[] => {
  const taken: readonly [keyof typeof requestHeaders, unknown][] = [
    ['IfNoneMatch', method === 'GET'],
    ['Range', answerTypes],
    ['IfMatch', problems.includes('precondition-failed')],
    ['IdempotencyKey', idempotent],
  ]
  return taken.filter(([, takes]) => takes).map(([name]) => ({ $ref: `#/components/parameters/${name}` }))
}

const typeName = ({ name }: ApiDefinition): string => name.charAt(0).toUpperCase() + name.slice(1)

function bodyOf(api: ApiDefinition & { body: z.ZodType }, components: Components): JsonSchema {
  const schema = components.schemaOf(api.body, 'input', `${typeName(api)}Request`)
  const example = api.bodyType === 'multipart/form-data' ? {} : { example: exampleOf(schema, components) }
  return {
    required: !api.body.safeParse(undefined).success,
    content: { [api.bodyType ?? 'application/json']: { schema, ...example } },
  }
}

const bytes: JsonSchema = { schema: { type: 'string', format: 'binary' } }

function contentOf(api: ApiDefinition, components: Components): JsonSchema {
  if (api.answerTypes) return { content: Object.fromEntries(api.answerTypes.map((type) => [type, bytes])) }
  if (!api.answer) return {}
  const schema = components.schemaOf(api.answer, 'output', `${typeName(api)}Answer`)
  return { content: { 'application/json': { schema, example: exampleOf(schema, components) } } }
}

function answersOf(api: ApiDefinition, components: Components): JsonSchema {
  const headers = headersOfAnswer(api)
  const content = contentOf(api, components)
  const part = { ...headers, ...headersNamed(['Content-Range']) }
  return {
    [String(api.status)]: { description: api.summary, headers, ...content },
    ...(api.answerTypes && { 206: { description: 'The part that `Range` asked for', headers: part, ...content } }),
    ...(api.method === 'GET' && {
      304: { description: 'Nothing has changed since the answer with that `ETag`', headers },
    }),
    ...problemAnswers(api),
  }
}

const headlineOf = (summary: string): string => summary.split(/[.;](?:\s|$)/, 1)[0]!

const hasBody = (api: ApiDefinition): api is ApiDefinition & { body: z.ZodType } => api.body !== undefined

/** One call, as OpenAPI describes it. */
export const operationOf = (api: ApiDefinition, components: Components): JsonSchema => ({
  operationId: api.name,
  summary: headlineOf(api.summary),
  description: api.summary,
  tags: [api.service],
  ...(api.page && { 'x-page': api.page }),
  'x-scope': api.scope,
  ...rolesOf(api.access),
  ...(api.proof && { 'x-proof': true }),
  security: securityOf(api.access),
  parameters: [
    ...parametersOf(api.params, 'path', components),
    ...parametersOf(api.query, 'query', components),
    ...requestHeadersOf(api),
  ],
  ...(hasBody(api) && { requestBody: bodyOf(api, components) }),
  responses: answersOf(api, components),
})
