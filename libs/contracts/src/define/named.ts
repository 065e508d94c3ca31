import type { z } from 'zod'

/** Names a schema: the documents hold it once, and generated clients give its type this name. */
export const named = <T extends z.ZodType>(name: string, schema: T): T => schema.meta({ ...schema.meta(), id: name })

/** Says more of a schema; what stands for another one has another name, or none. */
export function describedAs<T extends z.ZodType>(schema: T, more: object): T {
  const { id: _name, ...known } = schema.meta() ?? {}
  return schema.meta({ ...known, ...more })
}

/** Shows a value that the schema accepts, for the documents. */
export const shownAs = <T extends z.ZodType>(schema: T, example: z.input<T>): T =>
  describedAs(schema, { examples: [example] })

export const nameOf = (schema: z.ZodType): string | undefined => schema.meta()?.id
