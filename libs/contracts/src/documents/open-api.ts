import type { ApiDefinition } from '../define/define-api.js'
import { services } from '../define/services.js'
import { answerHeaders } from './answer-headers.js'
import { Components } from './components.js'
import type { JsonSchema } from './json-schema.js'
import { operationOf, requestHeaders } from './operation.js'
import { problemSchemas } from './problem-answers.js'

const CONVENTIONS = `Publish photos of the world, follow photographers, and decide what is shown of you.

- A problem is \`application/problem+json\` (RFC 9457); its \`code\` is stable. Any call may answer one of those that it lists.
- A path answers a method that it does not list with 405, and \`OPTIONS\` with 204; \`Allow\` names its methods. \`HEAD\` answers as \`GET\` does, without a body.
- A list is read page by page: pass \`nextCursor\` as \`cursor\`, or follow \`Link: rel="next"\`, until there is none.
- \`GET\` answers with an \`ETag\`, and 304 to the same one in \`If-None-Match\`.
- After 429, 503 and 409 \`idempotency-in-progress\` try again in \`Retry-After\` seconds.
- Fields that a call does not know are refused.
- What is no proper HTTP is refused before any call: 408 \`request-timeout\`, 414 \`address-too-long\`, 417 \`expectation-failed\`, 431 \`headers-too-large\`.`

const accessToken: JsonSchema = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description: 'RFC 9068, signed with ES256 by a key of /.well-known/jwks.json; 10 minutes; from POST /v1/sessions',
}

interface OpenApiInfo {
  version: string
  serverUrl?: string
}

/** OpenAPI 3.1 of the given calls, made of the same schemas that validate. Without an address it is that of the document. */
export function openApiDocument(apis: readonly ApiDefinition[], info: OpenApiInfo): JsonSchema {
  const steps = openApiSteps(apis, info)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The same in steps of one call, for who serves others meanwhile. */
export function* openApiSteps(apis: readonly ApiDefinition[], info: OpenApiInfo): Generator<void, JsonSchema, void> {
  const components = new Components()
  for (const [name, schema] of Object.entries(problemSchemas)) components.keep(name, schema)
  const paths: Record<string, JsonSchema> = {}
  for (const api of apis) {
    ;(paths[api.path] ??= {})[api.method.toLowerCase()] = operationOf(api, components)
    yield
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Million Pictures',
      version: info.version,
      description: CONVENTIONS,
      contact: { name: 'Million Pictures' },
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: info.serverUrl ?? '/' }],
    tags: [...new Set(apis.map((a) => a.service))].map((name) => ({ name, description: services[name].about })),
    paths,
    components: {
      securitySchemes: { accessToken },
      parameters: requestHeaders,
      headers: answerHeaders,
      schemas: components.schemas(),
    },
  }
}
