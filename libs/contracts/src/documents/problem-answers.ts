import type { Access, ApiDefinition } from '../define/define-api.js'
import { proofKinds } from '../define/proof-kinds.js'
import { statusOf, titleOfProblem, typeOfProblem } from '../define/problems.js'
import { headersOfProblem } from './answer-headers.js'
import type { JsonSchema } from './json-schema.js'

const text = (description: string, rest: JsonSchema = {}): JsonSchema => ({ type: 'string', description, ...rest })

/** RFC 9457 §3. A later release may add codes, so that only an answer enumerates its own. */
export const problemSchemas: Record<string, JsonSchema> = {
  Problem: {
    type: 'object',
    description: 'Why a request was refused (RFC 9457)',
    required: ['type', 'title', 'status', 'instance', 'code'],
    properties: {
      type: text('`urn:mpics:problem:` and the code', { format: 'uri-reference' }),
      title: text('the code in words'),
      status: { type: 'integer', description: 'the status of the answer' },
      detail: text('for people: what is wrong, and how to mend it'),
      instance: text('names this one occurrence', { format: 'uri-reference' }),
      code: text('stable: what a program goes by'),
      errors: {
        type: 'array',
        description: 'with `input-invalid`: each field and why',
        items: { $ref: '#/components/schemas/InputIssue' },
      },
      accepts: {
        type: 'array',
        description: 'with `identity.proof-needed`: what `POST /v1/sessions/current/proof` takes from this account',
        items: { $ref: '#/components/schemas/ProofKind' },
      },
      missing: {
        type: 'array',
        description: 'with `identity.scope-missing`: the scopes that the token of the program lacks',
        items: text('a scope, as in `x-scope`'),
      },
    },
  },
  ProofKind: text('how somebody proves who they are', { enum: proofKinds }),
  InputIssue: {
    type: 'object',
    description: 'A field that cannot be accepted',
    required: ['path', 'code', 'message'],
    properties: {
      path: text('the field, with dots, such as `accepted.terms`'),
      code: text('stable, such as `required`, `unknown-field`, `too-long`'),
      message: text('for people'),
    },
  },
}

const MEANING: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Nobody is logged in, or the credentials are not good',
  403: 'This caller may not do it',
  404: 'There is nothing, or nothing that this caller may see',
  408: 'The body came too slowly',
  409: 'The state of things stands against it',
  410: 'It is there no more',
  412: 'It was changed since it was read',
  413: 'The body is too large',
  415: 'The body has another type than this call reads',
  416: 'There are no such bytes',
  422: 'The input cannot be accepted',
  429: 'Too much was asked for',
  503: 'A part of the site is away or busy',
}

const isChange = ({ method }: ApiDefinition): boolean => method !== 'GET'
const isClosedToUnverified = ({ access, unverified }: ApiDefinition): boolean => access !== 'anonymous' && !unverified
const isClosedToClosing = ({ access, closing }: ApiDefinition): boolean => access !== 'anonymous' && !closing
export const hasRoles = (access: Access): access is Extract<Access, { roles: unknown }> =>
  typeof access === 'object' && 'roles' in access

const always = () => true
const GENERAL: readonly (readonly [code: string, holds: (api: ApiDefinition) => boolean | undefined])[] = [
  ['body-malformed', always],
  ['request-malformed', always],
  ['unauthenticated', always],
  ['identity.unverified', isClosedToUnverified],
  ['identity.proof-needed', ({ proof }) => proof],
  ['identity.account-closing', isClosedToClosing],
  ['identity.scope-missing', ({ scope }) => scope !== null],
  ['forbidden', ({ access, scope }) => scope === null || hasRoles(access)],
  ['gateway.cross-site', isChange],
  ['not-found', ({ path }) => path.includes('{')],
  ['gateway.too-slow', isChange],
  ['changed-meanwhile', isChange],
  ['idempotency-in-progress', ({ idempotent }) => idempotent],
  ['precondition-failed', isChange],
  ['too-large', isChange],
  ['content-coding-unsupported', isChange],
  ['unsupported-media-type', isChange],
  ['input-invalid', always],
  ['idempotency-key-reused', ({ idempotent }) => idempotent],
  ['rate-limited', always],
  ['unavailable', always],
]

/** The codes of everything that a call may refuse, what every such call may refuse included. */
export const refusalsOf = (api: ApiDefinition): readonly string[] => [
  ...new Set([...api.problems, ...GENERAL.filter(([, holds]) => holds(api)).map(([code]) => code)]),
]

const problemExample = (code: string): JsonSchema => ({
  type: typeOfProblem(code),
  title: titleOfProblem(code),
  status: statusOf(code),
  instance: 'urn:uuid:01931f3e-0000-7000-8000-00000000000f',
  code,
})

/** The one reference makes generators use the type `Problem`, and the codes beside it narrow what is validated. */
const problemAnswer = (status: number, codes: readonly string[]): JsonSchema => ({
  description: `${MEANING[status]}: ${codes.map((code) => `\`${code}\``).join(', ')}`,
  headers: headersOfProblem(status, codes),
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        allOf: [{ $ref: '#/components/schemas/Problem' }],
        required: ['code'],
        properties: { code: { type: 'string', enum: codes } },
      },
      example: problemExample(codes[0]!),
    },
  },
})

/** By status, all refusals of a call. No answer has another status, and a fault of the caller never one of the server's. */
export function problemAnswers(api: ApiDefinition): JsonSchema {
  const byStatus = Map.groupBy(refusalsOf(api), statusOf)
  return Object.fromEntries([...byStatus].map(([status, codes]) => [String(status), problemAnswer(status, codes)]))
}
