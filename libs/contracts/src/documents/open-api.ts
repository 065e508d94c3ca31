import { z } from 'zod'
import type { Access, ApiDefinition } from '../define/define-api.js'
import { type JsonSchema, jsonSchemaOf } from './json-schema.js'

const problemRef = { $ref: '#/components/schemas/Problem' }

const problemSchema: JsonSchema = {
  type: 'object',
  description: 'RFC 9457 problem details',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string', description: 'stable, e.g. identity.handle-taken' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'code', 'message'],
        properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
}

const securityOf = (access: Access): JsonSchema[] =>
  access === 'anonymous' ? [{}, { accessToken: [] }] : [{ accessToken: [] }]

const rolesOf = (access: Access): JsonSchema =>
  access === 'member'
    ? { 'x-roles': ['member'] }
    : typeof access === 'object' && 'roles' in access
      ? { 'x-roles': access.roles }
      : {}

function parametersOf(schema: z.ZodType, where: 'path' | 'query'): JsonSchema[] {
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, s]) => ({
    name,
    in: where,
    required: where === 'path' || !s.safeParse(undefined).success,
    schema: jsonSchemaOf(s),
    ...(s instanceof z.ZodArray && { style: 'form', explode: true }),
  }))
}

const content = (type: string, schema?: z.ZodType, io: 'input' | 'output' = 'input'): JsonSchema => ({
  [type]: { schema: schema ? jsonSchemaOf(schema, io) : { type: 'string', format: 'binary' } },
})

const isClosedToUnverified = ({ access, unverified }: ApiDefinition): boolean => access !== 'anonymous' && !unverified

const problem = (description: string): JsonSchema => ({
  description,
  content: { 'application/problem+json': { schema: problemRef } },
})

/** Only these: no answer has another status, and a fault of the caller never has one of the server's. */
function answersOf(api: ApiDefinition): JsonSchema {
  const type = api.answerType ?? 'application/json'
  const good: JsonSchema = { description: api.summary }
  if (api.answer || api.answerType) good['content'] = content(type, api.answer, 'output')
  const problems = isClosedToUnverified(api) ? [...api.problems, 'identity.unverified'] : api.problems
  const codes = problems.length ? ` Codes: ${problems.join(', ')}.` : ''
  return {
    [String(api.status)]: good,
    ...(api.answerType && { 206: { description: 'The part that `Range` asked for', content: content(type) } }),
    ...(api.method === 'GET' && { 304: { description: 'Nothing has changed since the answer with that `ETag`' } }),
    '4XX': problem(`A problem.${codes}`),
    503: problem('A service is away or busy; `Retry-After` says when to come back.'),
  }
}

const header = (name: string, description: string, schema: JsonSchema = { type: 'string' }): JsonSchema => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
})

const headersOf = ({ method, answerType, problems, idempotent }: ApiDefinition): JsonSchema[] => [
  ...(method === 'GET' ? [header('If-None-Match', 'Answers 304 while the answer has this `ETag`')] : []),
  ...(answerType ? [header('Range', 'Asks for a part: `bytes=0-1023`')] : []),
  ...(problems.includes('precondition-failed')
    ? [header('If-Match', 'Makes the change only while what was read has this `ETag`; else 412')]
    : []),
  ...(idempotent ? [idempotencyKey] : []),
]

const idempotencyKey = header('Idempotency-Key', 'Makes a repeated POST answer as the first did, for 24 hours', {
  type: 'string',
  minLength: 1,
  maxLength: 255,
})

const operationOf = (api: ApiDefinition): JsonSchema => ({
  operationId: api.name,
  summary: api.summary,
  tags: [api.service],
  ...(api.page && { 'x-page': api.page }),
  'x-scope': api.scope,
  ...rolesOf(api.access),
  security: securityOf(api.access),
  parameters: [...parametersOf(api.params, 'path'), ...parametersOf(api.query, 'query'), ...headersOf(api)],
  ...(api.body && { requestBody: { required: true, content: content(api.bodyType ?? 'application/json', api.body) } }),
  responses: answersOf(api),
})

/** OpenAPI 3.1 of the given calls, made of the same schemas that validate. */
export function openApiDocument(
  apis: readonly ApiDefinition[],
  info: { version: string; serverUrl: string },
): JsonSchema {
  const paths: Record<string, JsonSchema> = {}
  for (const api of apis) (paths[api.path] ??= {})[api.method.toLowerCase()] = operationOf(api)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Million Pictures',
      version: info.version,
      description: 'Publish photos of the world, follow photographers, and decide what is shown of you.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: info.serverUrl }],
    tags: [...new Set(apis.map((a) => a.service))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'ES256, 10 minutes; from POST /v1/sessions',
        },
      },
      schemas: { Problem: problemSchema },
    },
  }
}
