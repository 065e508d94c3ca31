import { z } from 'zod'
import type { EventDefinition } from '../define/define-event.js'
import { DEFAULT_SITE } from '../define/services.js'

export type JsonSchema = Record<string, unknown>

/** Keys of `field()` become extension keywords, which validators pass over. */
function extensions(schema: JsonSchema): void {
  // every file is sent as it is
  if (schema['contentEncoding'] === 'binary') delete schema['contentEncoding']
  if ('known' in schema) {
    schema['x-known-values'] = schema['known']
    delete schema['known']
  }
  for (const key of ['classification', 'purpose', 'vocabulary']) {
    if (!(key in schema)) continue
    schema[`x-${key}`] = schema[key]
    delete schema[key]
  }
}

const BESIDE_A_REFERENCE = /^(\$ref|title|description|default|examples|x-.*)$/

/** Zod repeats what a named schema says beside the reference to it. */
function onlyRefer(schema: JsonSchema): void {
  for (const key of '$ref' in schema ? Object.keys(schema) : []) if (!BESIDE_A_REFERENCE.test(key)) delete schema[key]
}

/** Zod leaves a default out where texts of a query are turned into other values; it is the same on both sides. */
function restoreDefault({ _zod: { def } }: z.core.$ZodType, schema: JsonSchema): void {
  if (def.type === 'default') schema['default'] ??= (def as z.core.$ZodDefaultDef).defaultValue
}

/**
 * JSON Schema 2020-12 of what is sent. `io: 'input'` leaves objects open, so that an added optional field breaks nobody
 * who validates against an earlier version.
 */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output' = 'input'): JsonSchema {
  const made = z.toJSONSchema(schema, {
    io,
    override: ({ zodSchema, jsonSchema }) => {
      extensions(jsonSchema)
      onlyRefer(jsonSchema)
      restoreDefault(zodSchema, jsonSchema)
    },
  }) as JsonSchema
  delete made['$schema']
  return made
}

/** Where the schema of an event's data is published, relative to the site. */
export const dataSchemaPath = (type: string): string => `/schemas/${type}.json`

/** By site, then type: each record names one. */
const uris = new Map<string, Map<string, string>>()

/** Names the schema of an event's data, as `ce_dataschema` does: an absolute URI, or SDKs drop the event (CloudEvents 1.0 §3.1). */
export function dataSchemaUri(type: string, site: string = DEFAULT_SITE): string {
  const known = uris.get(site)?.get(type)
  if (known) return known
  const uri = new URL(dataSchemaPath(type), site).href
  uris.set(site, (uris.get(site) ?? new Map<string, string>()).set(type, uri))
  return uri
}

/** The document published at `dataSchemaUri`. */
export function eventSchemaDocument(event: EventDefinition, site: string = DEFAULT_SITE): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: dataSchemaUri(event.type, site),
    title: event.type,
    description: event.summary,
    examples: [event.example],
    ...jsonSchemaOf(event.schema),
  }
}
