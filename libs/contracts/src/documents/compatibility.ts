import { isDeepStrictEqual } from 'node:util'
import type { JsonSchema } from './json-schema.js'

/** They say something to people and nothing to a validator. */
const WORDS = new Set(['$schema', '$id', 'title', 'description', 'examples', 'x-known-values'])
export const isWord = (keyword: string): boolean => WORDS.has(keyword)
const STRUCTURE = new Set(['properties', 'required', 'items'])

/**
 * Lists what the present schema breaks of a released one of the same version. Old records must satisfy the new schema, so nothing may
 * be narrowed; new records must satisfy the old one, so nothing may be widened: what is left is to add an optional field.
 */
export function breaks(released: JsonSchema, present: JsonSchema, at = 'data'): string[] {
  return [
    ...changedKeywords(released, present, at),
    ...changedAlternatives(released, present, at),
    ...changedFields(released, present, at),
    ...changedItems(released, present, at),
  ]
}

function changedKeywords(released: JsonSchema, present: JsonSchema, at: string): string[] {
  const names = new Set([...Object.keys(released), ...Object.keys(present)])
  return [...names]
    .filter((name) => !WORDS.has(name) && !STRUCTURE.has(name) && !isDeepStrictEqual(released[name], present[name]))
    .filter((name) => name !== 'anyOf' || !areAsMany(released, present))
    .map((name) => `${at}: ${name} was ${JSON.stringify(released[name])} and is ${JSON.stringify(present[name])}`)
}

/** What may be null is one of two. */
function changedAlternatives(released: JsonSchema, present: JsonSchema, at: string): string[] {
  if (!areAsMany(released, present)) return []
  const now = alternativesOf(present)
  return alternativesOf(released).flatMap((schema, i) => breaks(schema, now[i]!, at))
}

const areAsMany = (released: JsonSchema, present: JsonSchema): boolean =>
  alternativesOf(released).length === alternativesOf(present).length

const alternativesOf = (schema: JsonSchema): JsonSchema[] => (schema['anyOf'] ?? []) as JsonSchema[]

function changedFields(released: JsonSchema, present: JsonSchema, at: string): string[] {
  const [old, now] = [fieldsOf(released), fieldsOf(present)]
  const [needed, needs] = [requiredOf(released), requiredOf(present)]
  const closed = released['additionalProperties'] === false
  return [
    ...[...old.keys()].filter((name) => !now.has(name)).map((name) => `${at}.${name} is gone`),
    ...[...needed].filter((name) => now.has(name) && !needs.has(name)).map((name) => `${at}.${name} may be absent now`),
    ...[...needs].filter((name) => !needed.has(name)).map((name) => `${at}.${name} is required now`),
    ...[...now.keys()].filter((name) => closed && !old.has(name)).map((name) => `${at}.${name} was forbidden`),
    ...[...old].flatMap(([name, schema]) => (now.has(name) ? breaks(schema, now.get(name)!, `${at}.${name}`) : [])),
  ]
}

function changedItems(released: JsonSchema, present: JsonSchema, at: string): string[] {
  const [old, now] = [released['items'], present['items']] as (JsonSchema | undefined)[]
  if (old && now) return breaks(old, now, `${at}[]`)
  return old || now ? [`${at}: what it holds was ${old ? 'said' : 'open'} and is ${now ? 'said' : 'open'}`] : []
}

const fieldsOf = (schema: JsonSchema): Map<string, JsonSchema> =>
  new Map(Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>))

const requiredOf = (schema: JsonSchema): Set<string> => new Set((schema['required'] ?? []) as string[])
