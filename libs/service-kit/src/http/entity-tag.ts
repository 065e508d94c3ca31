import { hash } from 'node:crypto'
import { PreconditionFailedError } from '../problems/general.errors.js'

/** Strong ETag (RFC 9110 §8.8.3). Content determines it, so the same content has the same tag again. */
export const entityTag = (answer: object): string => `"${hash('sha256', canonical(answer), 'base64url').slice(0, 27)}"`

/** Refuses a change that started from something else than `current` (RFC 9110 §13.1.1). */
export function requireMatch(ifMatch: string | undefined, current: object): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return
  const tag = entityTag(current)
  if (!ifMatch.split(',').some((given) => withoutWeakness(given) === tag)) throw new PreconditionFailedError()
}

/** A compressing proxy marks tags as weak; the content that they name is the same. */
const withoutWeakness = (tag: string) => tag.trim().replace(/^W\//, '')

const canonical = (answer: object) => JSON.stringify(Object.entries(answer).sort(([a], [b]) => (a < b ? -1 : 1)))
