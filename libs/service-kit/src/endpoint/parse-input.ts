import type { ApiDefinition, InputIssue } from '@mpics/contracts'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { BodyMalformedError, InputInvalidError, UnsupportedMediaTypeError } from '../problems/general.errors.js'
import { inputIssuesOf } from '../problems/input-issues.js'
import { brokenTextsOf, escapedTextOf } from '../problems/well-formed.js'

/** Escapes that are no ASCII stand for UTF-8 or for nothing; most addresses have none. */
const OTHER_ESCAPES = /%[89a-f]/i

/** Parses params, query and body by the definition; the error names every wrong field. A multipart body stays unread. */
export function parseInput(api: ApiDefinition, request: FastifyRequest): unknown {
  const issues: InputIssue[] = []
  if (OTHER_ESCAPES.test(request.url)) escapedTextOf(Buffer.from(request.url, 'latin1'))
  const part = (schema: z.ZodType, value: unknown) => {
    issues.push(...brokenTextsOf(value))
    const parsed = schema.safeParse(value, { reportInput: true })
    if (!parsed.success) issues.push(...inputIssuesOf(parsed.error))
    return parsed.data
  }
  const params = part(api.params, request.params)
  const query = part(api.query, request.query)
  const body = readsBody(api) ? part(api.body, bodyOf(api, request)) : undefined
  if (issues.length > 0) throw new InputInvalidError(issues)
  return { params, query, body }
}

const readsBody = (api: ApiDefinition): api is ApiDefinition & { body: z.ZodType } =>
  api.body !== undefined && api.bodyType !== 'multipart/form-data'

function bodyOf(api: ApiDefinition & { body: z.ZodType }, request: FastifyRequest): unknown {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  const expected = api.bodyType ?? 'application/json'
  if (type !== undefined && type !== expected) throw new UnsupportedMediaTypeError(expected)
  if (request.body !== undefined && request.body !== null) return request.body
  if (api.body.safeParse(undefined).success) return undefined
  throw new BodyMalformedError(`The body is empty; send ${expected}.`)
}
