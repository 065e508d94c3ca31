import type { z } from 'zod'
import type { Variable } from './define-config.js'

/** Says what is wrong with a variable, where, and how to mend it; never its value. */
export function sentenceOf(variable: Variable, isSet: boolean, error: z.ZodError): string {
  const about = variable.description ? ` (${variable.description})` : ''
  if (!isSet) return `${variable.name} is not set: give it a value in the environment${about}.`
  const expected = variable.secret
    ? 'its form is wrong'
    : [...new Set(error.issues.map((issue) => issue.message))].join('; ')
  return `${variable.name} cannot be used: ${expected}; correct it in the environment${about}.`
}
