import { z } from 'zod'
import { type About, field } from './field.js'
import { named, nameOf } from './named.js'
import { wholeNumber } from './query.js'
import type { Role } from './roles.js'
import type { Scope } from './scopes.js'
import type { ServiceName } from './services.js'

/** The callers: everybody, anybody logged in, one of the named roles, or only the named services (internal calls). */
export type Access = 'anonymous' | 'member' | { roles: readonly Role[] } | { services: readonly ServiceName[] }

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface ApiDefinition<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
> {
  readonly name: string
  readonly service: ServiceName
  readonly method: Method
  /** With `{name}` for parameters, as in OpenAPI. */
  readonly path: string
  readonly summary: string
  readonly access: Access
  /** An account whose address is not verified may make this call for members, too; every other is closed to it. */
  readonly unverified?: true
  /** A dangerous act: the session must have proved within ten minutes who it is (`identity.proof-needed`). */
  readonly proof?: true
  /** An account that is being closed may make this call; every other call for members is closed to it. */
  readonly closing?: true
  /** The scope that a program’s token needs; null: no token of a program may make this call. */
  readonly scope: Scope | null
  readonly params: P
  readonly query: Q
  /** Absent: no body is read. */
  readonly body?: B
  /** Media type of the body where it is not JSON; its parts are described by `body`. */
  readonly bodyType?: 'multipart/form-data' | 'application/x-www-form-urlencoded'
  readonly status: number
  /** Absent: an answer without a body (204), or bytes of one of `answerTypes`. */
  readonly answer?: A
  readonly answerTypes?: readonly string[]
  /** The path of what was made, with parameters of the answer: `Location` names it. */
  readonly location?: string
  /** Stable codes of the problems that a client must expect, beside the general ones. */
  readonly problems: readonly string[]
  /** Takes an `Idempotency-Key` (POST only). */
  readonly idempotent: boolean
  /** The page of the site that shows this, as a path with the same parameters: its answer holds the page’s views (B15). */
  readonly page?: string
}

export interface ApiInput<D extends ApiDefinition> {
  params: z.output<D['params']>
  query: z.output<D['query']>
  body: D extends { body?: infer B }
    ? NonNullable<B> extends z.ZodType
      ? z.output<NonNullable<B>>
      : undefined
    : undefined
}
export type ApiAnswer<D extends ApiDefinition> = D extends { answer?: infer A }
  ? NonNullable<A> extends z.ZodType
    ? z.input<NonNullable<A>>
    : undefined
  : undefined

const empty = z.strictObject({})
type Empty = typeof empty

/** Defines one call. Objects given as plain shapes become strict: unknown fields are refused (422). */
export function defineApi<
  P extends z.ZodType = Empty,
  Q extends z.ZodType = Empty,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
>(d: {
  name: string
  service: ServiceName
  method: Method
  path: string
  summary: string
  access: Access
  unverified?: true
  proof?: true
  closing?: true
  scope: Scope | null
  params?: P
  query?: Q
  body?: B
  bodyType?: ApiDefinition['bodyType']
  status?: number
  answer?: A
  answerTypes?: readonly string[]
  location?: string
  problems?: readonly string[]
  idempotent?: boolean
  page?: string
}): ApiDefinition<P, Q, B, A> {
  return {
    ...d,
    params: d.params ?? (empty as unknown as P),
    query: d.query ?? (empty as unknown as Q),
    status: d.status ?? (d.answer || d.answerTypes ? 200 : 204),
    problems: d.problems ?? [],
    idempotent: d.idempotent ?? false,
  }
}

const paging = (description: string): About => ({ classification: 'technical', purpose: 'delivery', description })

/** A page of a list, as every list is answered. */
export function pageOf<T extends z.ZodType>(item: T) {
  const next = z
    .string()
    .nullable()
    .meta({ examples: [null] })
  const nextCursor = field(next, paging('for the next page; null on the last one'))
  const page = z.strictObject({ items: z.array(item), nextCursor })
  const name = nameOf(item)
  return name ? named(`${name}Page`, page) : page
}

/** Of whatever form: a list refuses one that it did not make, with `cursor-invalid`. */
const cursor = field(z.string().optional(), paging('`nextCursor` of the page before'))

/** The query of every list: at most 80 items, 40 unless told. */
export const pageQuery = {
  limit: field(wholeNumber(1, 80).default(40), paging('items of a page')),
  cursor,
}

/** The query of a list that another service reads from end to end. */
export const snapshotQuery = {
  limit: field(wholeNumber(1, 1000).default(500), paging('items of a page')),
  cursor,
}
