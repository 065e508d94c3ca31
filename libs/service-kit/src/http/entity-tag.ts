import { hash } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { PreconditionFailedError } from '../problems/general.errors.js'

/** Strong ETag (RFC 9110 §8.8.3). Content determines it, so the same content has the same tag again. */
export const entityTag = (answer: object): string => `"${hash('sha256', canonical(answer), 'base64url').slice(0, 27)}"`

export function tagged<T extends object>(reply: FastifyReply, answer: T): T {
  reply.header('etag', entityTag(answer))
  return answer
}

/** Refuses a change that started from something else than `current` (RFC 9110 §13.1.1). */
export function requireMatch(ifMatch: string | undefined, current: object): void {
  if (ifMatch !== undefined && !namesTag(ifMatch, entityTag(current))) throw new PreconditionFailedError()
}

const TAG = /(?:W\/)?"[!#-~\x80-\xff]*"/g
/** A compressing proxy marks tags as weak; the content that they name is the same. */
const withoutWeakness = (tag: string) => tag.replace(/^W\//, '')

/** True when a field such as `If-None-Match` holds `*` or the tag, by weak comparison (RFC 9110 §8.8.3.2). */
export const namesTag = (field: string, tag: string): boolean =>
  field.trim() === '*' || (field.match(TAG) ?? []).some((given) => withoutWeakness(given) === withoutWeakness(tag))

const canonical = (answer: object) => JSON.stringify(Object.entries(answer).sort(([a], [b]) => (a < b ? -1 : 1)))
