import type { Schema, SchemaType } from 'mongoose'
import { statedFields, statementOf, type StoredFields } from './stored-fields.js'

type Nested = SchemaType & { schema?: Schema }

interface SchemaField {
  path: string[]
  /** What is in it only its documents tell. */
  isOpen: boolean
}

/** The fields that a schema knows, down to the innermost. */
function fieldsOf(schema: Schema): SchemaField[] {
  return Object.entries(schema.paths as Record<string, Nested>).flatMap(([name, type]) => {
    const path = name.split('.')
    if (!type.schema) return [{ path, isOpen: type.instance === 'Mixed' || isListOfMixed(type) }]
    return fieldsOf(type.schema).map((inner) => ({ ...inner, path: [...path, ...inner.path] }))
  })
}

const isListOfMixed = (type: SchemaType): boolean =>
  type.instance === 'Array' &&
  (type as SchemaType & { embeddedSchemaType?: SchemaType }).embeddedSchemaType?.instance === 'Mixed'

/** A sentence for each field that the schema knows and nobody states, or that is stated and not in the schema. */
export function schemaDifferences(
  collection: string,
  schema: Schema,
  own: StoredFields,
  shared: StoredFields = {},
): string[] {
  const known = fieldsOf(schema)
  const isStated = ({ path, isOpen }: SchemaField) => {
    const stated = statementOf({ ...shared, ...own }, path)
    return stated !== undefined && (isOpen || typeof stated['classification'] === 'string')
  }
  const isKnown = (name: string) =>
    known.some(({ path, isOpen }) => path.join('.') === name || (isOpen && name.startsWith(`${path.join('.')}.`)))
  return [
    ...known
      .filter((each) => !isStated(each))
      .map(({ path }) => `${path.join('.')} of ${collection} has no classification and purpose: state it in its entry`),
    ...statedFields(own)
      .filter(([name]) => !isKnown(name))
      .map(([name]) => `${name} of ${collection} is stated, and its schema does not know it`),
  ]
}
