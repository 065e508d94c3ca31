import type { z } from 'zod'
import { InputInvalidError } from './general.errors.js'
import { inputIssuesOf } from './input-issues.js'

/** What a caller sent, by a schema; the error names every wrong field. */
export function checkedInput<S extends z.ZodType>(schema: S, sent: unknown): z.output<S> {
  const { data, error } = schema.safeParse(sent, { reportInput: true })
  if (error) throw new InputInvalidError(inputIssuesOf(error))
  return data
}
