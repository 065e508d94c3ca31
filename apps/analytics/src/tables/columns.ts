import { jsonSchemaOf } from '@mpics/contracts/catalogue'
import { z } from 'zod'

export type ColumnType = 'STRING' | 'INT64' | 'DOUBLE' | 'BOOLEAN' | 'TIMESTAMP'

export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly nullable: boolean
}

export type Row = Readonly<Record<string, unknown>>

interface FieldSchema {
  type?: string
  format?: string
  anyOf?: FieldSchema[]
}

const TYPES: Readonly<Record<string, ColumnType>> = {
  string: 'STRING',
  integer: 'INT64',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
}

/** The columns of a table whose rows have this schema; a field that may be absent or null may be null. */
export function columnsOf(schema: z.ZodObject): Column[] {
  // a schema with a name would be shown as a reference to it
  const { properties = {}, required = [] } = jsonSchemaOf(z.object(schema.shape)) as {
    properties?: Record<string, FieldSchema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, field]) => columnOf(name, field, !required.includes(name)))
}

function columnOf(name: string, field: FieldSchema, mayLack: boolean): Column {
  const variants = field.anyOf ?? [field]
  const stated = variants.find(({ type }) => type !== 'null')
  const type = stated?.format === 'date-time' ? 'TIMESTAMP' : TYPES[stated?.type ?? '']
  if (!type)
    throw new TypeError(`${name} fits into no column: it must be a text, a number, a moment, or true and false`)
  return { name, type, nullable: mayLack || variants.length > 1 }
}
