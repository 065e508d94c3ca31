import type { ApiDefinition } from '../define/define-api.js'
import type { JsonSchema } from './json-schema.js'

const header = (description: string, type: 'string' | 'integer', rest: JsonSchema = {}): JsonSchema => ({
  description,
  schema: { type },
  ...rest,
})
const always = { required: true }

/** Every header of answers that a client may go by. */
export const answerHeaders = {
  'X-Request-Id': header('Names this answer in our logs', 'string', always),
  Link: header(
    'The privacy policy and the Terms in force (`rel="privacy-policy"`, `rel="terms-of-service"`); on a list also the next page (`rel="next"`), unless it is the last',
    'string',
    always,
  ),
  'RateLimit-Limit': header('How many such requests are allowed in a minute', 'integer', always),
  'RateLimit-Remaining': header('How many of them are left', 'integer', always),
  'RateLimit-Reset': header('In how many seconds they are all allowed again', 'integer', always),
  ETag: header('Names this state of the resource: for `If-None-Match` and `If-Match`', 'string'),
  'Retry-After': header('In how many seconds to try again', 'integer'),
  'WWW-Authenticate': header(
    '`Bearer`; with `error="invalid_token"` where the token is no longer good; with `insufficient_user_authentication` (RFC 9470) where a proof is needed',
    'string',
  ),
  Location: header('The path of what was made', 'string'),
  'Content-Range': header('Which bytes of how many these are', 'string'),
  'Idempotency-Replayed': header('`true` where this is the answer of an earlier request with the same key', 'string'),
} as const satisfies Record<string, JsonSchema>

type HeaderName = keyof typeof answerHeaders

/** Refers to headers among the components of the document. */
export const headersNamed = (names: readonly HeaderName[]): JsonSchema =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

const limits = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'] as const

/** The headers of an answer that is no problem. */
export const headersOfAnswer = (api: ApiDefinition): JsonSchema => {
  const isTagged = api.method === 'GET' || (api.answer && api.problems.includes('precondition-failed'))
  const more: readonly [HeaderName, unknown][] = [
    ['ETag', isTagged],
    ['Location', api.location],
    ['Idempotency-Replayed', api.idempotent],
  ]
  return headersNamed(['X-Request-Id', 'Link', ...limits, ...more.filter(([, has]) => has).map(([name]) => name)])
}

/** The headers of a problem, beside the usual ones. */
export function headersOfProblem(status: number, codes: readonly string[]): JsonSchema {
  const waits = status === 429 || status === 503 || codes.includes('idempotency-in-progress')
  return headersNamed([
    'X-Request-Id',
    ...(waits ? (['Retry-After'] as const) : []),
    ...(status === 401 ? (['WWW-Authenticate'] as const) : []),
    ...(status === 429 ? limits : []),
  ])
}
