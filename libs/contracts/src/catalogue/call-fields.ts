import { z } from 'zod'
import { type About, aboutField } from '../define/field.js'

export interface CallField {
  /** Whole, e.g. `accepted.terms`. */
  readonly name: string
  readonly about: About | undefined
}

const isWrapped = (schema: z.ZodType) =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable

const innerOf = (schema: z.ZodType): z.ZodType | undefined => {
  if (isWrapped(schema)) return (schema as z.ZodOptional).unwrap() as z.ZodType
  return schema instanceof z.ZodArray ? (schema.element as z.ZodType) : undefined
}

/** The fields of a schema down to the first that say what they are; those that never do are without `about`. */
export function callFields(schema: z.ZodType, name = ''): CallField[] {
  const about = aboutField(schema)
  if (about && name) return [{ name, about }]
  const inner = innerOf(schema)
  if (inner) return callFields(inner, name)
  if (!(schema instanceof z.ZodObject)) return [{ name, about: undefined }]
  return Object.entries(schema.shape as z.ZodRawShape).flatMap(([field, of]) =>
    callFields(of as z.ZodType, name ? `${name}.${field}` : field),
  )
}

/** The fields of a call that say nothing of themselves. */
export const undeclaredFields = (schema: z.ZodType, call: string): string[] =>
  callFields(schema, '')
    .filter(({ about }) => !about)
    .map(({ name }) => [call, name].filter(Boolean).join('.'))
