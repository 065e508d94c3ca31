import type { z } from 'zod'
import type { Access, ApiDefinition, Method } from '../define/define-api.js'
import type { Scope } from '../define/scopes.js'

/** The part of a call that a client needs at run time. */
export interface CallFacts {
  /** `operationId` of OpenAPI. */
  readonly name: string
  readonly method: Method
  /** With `{name}` for parameters. */
  readonly path: string
  readonly status: number
  readonly access: Access
  readonly scope: Scope | null
  readonly bodyType?: ApiDefinition['bodyType']
  readonly answerTypes?: readonly string[]
  readonly idempotent?: true
}

/** A call with the types of its definition, whose schemas stay on the server. */
export interface Call<D extends ApiDefinition = ApiDefinition> extends CallFacts {
  /** Carries the types; never there at run time. */
  readonly definition?: D
}

/** The calls of a service. A row that is older than the definitions has no type, until the table is generated anew. */
export type CallsOf<Facts, Definitions> = {
  readonly [K in keyof Facts & keyof Definitions]: Definitions[K] extends ApiDefinition ? Call<Definitions[K]> : never
}

/** Optional where nothing in it must be given; absent where the definition says nothing of it. */
type Part<Name extends string, T> = unknown extends T
  ? unknown
  : Record<never, never> extends T
    ? { [K in Name]?: T }
    : { [K in Name]: T }
type InputOf<S> = NonNullable<S> extends z.ZodType ? z.input<NonNullable<S>> : unknown
type OutputOf<S> = NonNullable<S> extends z.ZodType ? z.output<NonNullable<S>> : unknown

/** The input of a call. */
export type CallRequest<C extends Call> =
  C extends Call<infer D>
    ? Part<'params', InputOf<D['params']>> & Part<'query', InputOf<D['query']>> & Part<'body', InputOf<D['body']>>
    : never

/** The answer of a call; undefined where it has no JSON body. */
export type CallAnswer<C extends Call> =
  C extends Call<infer D> ? (unknown extends OutputOf<D['answer']> ? undefined : OutputOf<D['answer']>) : never
