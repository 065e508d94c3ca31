import { z } from 'zod'
import type { EventDefinition } from '../define/define-event.js'

export type JsonSchema = Record<string, unknown>

/** Keys of `field()` become extension keywords, which validators pass over. */
function extensions(schema: JsonSchema): void {
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

/**
 * JSON Schema 2020-12 of what is sent. `io: 'input'` leaves objects open, so that an added optional field breaks nobody
 * who validates against an earlier version.
 */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output' = 'input'): JsonSchema {
  const made = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema }) => extensions(jsonSchema as JsonSchema),
  }) as JsonSchema
  delete made['$schema']
  return made
}

/** Where the schema of an event's data is published, relative to the site: also the value of `ce_dataschema`. */
export const dataSchemaPath = (type: string): string => `/schemas/${type}.json`

/** The document published at `dataSchemaPath`. */
export function eventSchemaDocument(event: EventDefinition): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: event.type,
    description: event.summary,
    examples: [event.example],
    ...jsonSchemaOf(event.schema),
  }
}
