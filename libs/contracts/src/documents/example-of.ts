import type { Components } from './components.js'
import type { JsonSchema } from './json-schema.js'

const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: '01931f3e-0000-7000-8000-000000000001',
  'date-time': '2026-01-31T12:00:00Z',
  date: '2026-01-31',
}

/** A value that a schema accepts: its own examples first, and something plain where it has none. */
export function exampleOf(schema: JsonSchema, components: Components): unknown {
  const { examples, anyOf, items, properties } = schema
  if (Array.isArray(examples)) return examples[0]
  if ('$ref' in schema)
    return 'default' in schema ? schema['default'] : exampleOf(components.resolve(schema), components)
  if (Array.isArray(anyOf)) return exampleOf((anyOf as JsonSchema[])[0]!, components)
  if (items) return [exampleOf(items as JsonSchema, components)]
  if (properties) return exampleOfFields(properties as Record<string, JsonSchema>, components)
  return plainExample(schema)
}

const exampleOfFields = (properties: Record<string, JsonSchema>, components: Components) =>
  Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, exampleOf(field, components)]))

function plainExample(schema: JsonSchema): unknown {
  for (const word of ['default', 'const']) if (word in schema) return schema[word]
  if (Array.isArray(schema['enum'])) return schema['enum'][0]
  const [type] = [schema['type']].flat()
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number') return Math.max(1, Number(schema['minimum'] ?? 1))
  return BY_FORMAT[String(schema['format'])] ?? 'text'
}
