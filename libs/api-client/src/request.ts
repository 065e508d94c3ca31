import type { ApiDefinition } from '@mpics/contracts'
import type { z } from 'zod'

/** The client reads only this part of a definition at run time. */
export type Route = Pick<ApiDefinition, 'method' | 'path' | 'bodyType' | 'idempotent'>

type InputOf<Schema> = Schema extends z.ZodType ? z.input<Schema> : never
type BodyOf<D> = D extends { body?: infer B } ? InputOf<NonNullable<B>> : never

/** A part that the definition does not name has no type; a part whose every field is optional may be left out. */
type Part<Name extends string, T> = unknown extends T
  ? { [K in Name]?: undefined }
  : Record<never, never> extends T
    ? { [K in Name]?: T }
    : { [K in Name]: T }

/** The input of a call, before the server fills in defaults. */
export type ApiRequest<D extends ApiDefinition> = Part<'params', InputOf<D['params']>> &
  Part<'query', InputOf<D['query']>> &
  Part<'body', BodyOf<D>>

/** The body of an answer; undefined where there is none. */
export type ApiResult<D extends ApiDefinition> = D extends { answer?: infer A }
  ? NonNullable<A> extends z.ZodType
    ? unknown extends z.output<NonNullable<A>>
      ? undefined
      : z.output<NonNullable<A>>
    : undefined
  : undefined

interface Parts {
  params?: unknown
  query?: unknown
  body?: unknown
}

const fieldsOf = (part: unknown) => Object.entries((part ?? {}) as Record<string, unknown>)

const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? (value as unknown[]) : value === undefined || value === null ? [] : [value]

export function addressOf(path: string, { params, query }: Parts): string {
  const values = Object.fromEntries(fieldsOf(params))
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])))
  const given = fieldsOf(query).flatMap(([name, value]) => listOf(value).map((one) => [name, String(one)]))
  const search = new URLSearchParams(given).toString()
  return search ? `${filled}?${search}` : filled
}

/** JSON or a form, as the definition wants the body. Undefined without one. */
export function bodyOf(route: Route, { body }: Parts): string | FormData | URLSearchParams | undefined {
  if (body === undefined) return undefined
  if (route.bodyType === 'multipart/form-data') return formOf(body)
  if (route.bodyType === 'application/x-www-form-urlencoded')
    return new URLSearchParams(fieldsOf(body).map(([name, value]) => [name, String(value)]))
  return JSON.stringify(body)
}

/** Files come last: a server that reads the form as a stream knows all about them by then. */
function formOf(body: unknown): FormData {
  const form = new FormData()
  const [files, texts] = [[] as [string, Blob][], [] as [string, string][]]
  for (const [name, value] of fieldsOf(body))
    for (const one of listOf(value))
      if (one instanceof Blob) files.push([name, one])
      else texts.push([name, String(one)])
  for (const [name, text] of texts) form.append(name, text)
  for (const [name, file] of files) form.append(name, file)
  return form
}
