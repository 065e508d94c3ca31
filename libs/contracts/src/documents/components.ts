import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { type JsonSchema, jsonSchemaOf } from './json-schema.js'

const inComponents = (schema: JsonSchema): JsonSchema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema

/** The schemas that an OpenAPI document names, each once. */
export class Components {
  private readonly kept = new Map<string, JsonSchema>()

  /** Refers to a schema by its own name, or by the given one; without a name the schema itself is the result. */
  schemaOf(schema: z.ZodType, io: 'input' | 'output', name?: string): JsonSchema {
    const { $defs, ...made } = inComponents(jsonSchemaOf(schema, io))
    const definitions = ($defs ?? {}) as Record<string, JsonSchema>
    for (const [id, definition] of Object.entries(definitions)) this.keep(id, definition)
    if (!name || made['type'] !== 'object') return made
    const { default: _whole, ...named } = made
    this.keep(name, named)
    return { $ref: `#/components/schemas/${name}` }
  }

  keep(name: string, schema: JsonSchema): void {
    const known = this.kept.get(name)
    if (known && !isDeepStrictEqual(known, schema)) throw new TypeError(`Two schemas are called ${name}.`)
    this.kept.set(name, schema)
  }

  /** Follows a reference; any other schema is the result itself. */
  resolve(schema: JsonSchema): JsonSchema {
    const { $ref } = schema
    return typeof $ref === 'string' ? this.kept.get($ref.slice($ref.lastIndexOf('/') + 1))! : schema
  }

  schemas(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.kept].sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}
