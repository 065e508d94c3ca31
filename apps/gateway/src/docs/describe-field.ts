interface FieldSchema {
  type?: string
  format?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: FieldSchema[]
  items?: FieldSchema
  minimum?: number
  maxLength?: number
  description?: string
  'x-classification'?: string
  'x-purpose'?: string
}

export interface FieldDescription {
  name: string
  type: string
  classification: string
  purpose: string
  meaning: string
}

/** Says in words what a JSON Schema says of a field. */
export function describeField(name: string, schema: FieldSchema, required: boolean): FieldDescription {
  return {
    name,
    type: typeOf(schema) + (required ? '' : ', may be absent'),
    classification: schema['x-classification'] ?? '',
    purpose: schema['x-purpose'] ?? '',
    meaning: schema.description ?? '',
  }
}

function typeOf(schema: FieldSchema): string {
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ')
  if (schema.enum) return schema.enum.map(String).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.items) return `list (${typeOf(schema.items)})`
  if (schema.format === 'date-time') return 'instant'
  return schema.format ?? bounded(schema)
}

function bounded({ type = 'anything', minimum, maxLength }: FieldSchema): string {
  if (maxLength !== undefined) return `${type}, at most ${maxLength} characters`
  return minimum !== undefined && Number.isSafeInteger(minimum) && minimum >= 0 ? `${type} from ${minimum}` : type
}
