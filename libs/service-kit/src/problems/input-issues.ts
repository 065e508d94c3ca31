import type { InputIssue } from '@mpics/contracts'
import type { z } from 'zod'

const TOO_BIG: Record<string, string> = { string: 'too-long', array: 'too-many', set: 'too-many', file: 'too-large' }
const TOO_SMALL: Record<string, string> = { string: 'too-short', array: 'too-few', set: 'too-few' }
/** The answer repeats a client's own keys only this far. */
const MAX_PATH_LENGTH = 100

/** Zod's issues in the API's form. Parse with `reportInput: true`, or `required` cannot be told from `invalid`. */
export function inputIssuesOf(error: z.ZodError): InputIssue[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField([...issue.path, key]))
    return [{ path: pathOf(issue.path), code: codeOf(issue), message: messageOf(issue) }]
  })
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.input === undefined && issue.code !== 'custom') return 'required'
  if (issue.code === 'too_big') return TOO_BIG[issue.origin] ?? 'too-large'
  if (issue.code === 'too_small') return TOO_SMALL[issue.origin] ?? 'too-small'
  if (issue.code === 'custom' && typeof issue.params?.['code'] === 'string') return issue.params['code']
  return 'invalid'
}

const messageOf = (issue: z.core.$ZodIssue) =>
  codeOf(issue) === 'required' ? 'This field is required.' : issue.message

const unknownField = (path: PropertyKey[]): InputIssue => ({
  path: pathOf(path),
  code: 'unknown-field',
  message: 'This field does not exist here; leave it out.',
})

const pathOf = (path: readonly PropertyKey[]) => path.map(String).join('.').slice(0, MAX_PATH_LENGTH)
