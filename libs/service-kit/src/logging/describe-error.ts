import { withoutValues } from './scrub.js'

const DEEPEST_CAUSE = 3

/** Leaves out an error's further members, which may hold a document or a request. */
export function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { message: `not an Error but ${typeof error}` }
  const code = (error as { code?: unknown }).code
  return {
    type: error.name,
    message: withoutValues(error.message),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    stack: withoutValues(error.stack ?? ''),
    ...(error.cause !== undefined && depth < DEEPEST_CAUSE && { cause: describeError(error.cause, depth + 1) }),
  }
}
