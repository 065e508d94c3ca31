import { createHash, createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { Overlapping } from '@mpics/service-kit'

/** Session id (32 hexadecimal digits), secret (64), and a tag (32) that only this service can compute. It is alphanumeric so that it can be a cookie. */
const FORM = /^([0-9a-f]{32})([0-9a-f]{64})([0-9a-f]{32})$/

/** What a browser holds of a session. */
export interface SessionSecret {
  readonly sessionId: string
  readonly text: string
  readonly hash: string
}

export const digits = (key: KeyObject, use: string, text: string): string =>
  createHmac('sha256', key).update(`${use}:${text}`).digest('hex')

export function sessionSecret(key: KeyObject, session: string, secret: string): SessionSecret {
  const text = session + secret + digits(key, 'tag', session + secret).slice(0, 32)
  const sessionId = session.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { sessionId, text, hash: createHash('sha256').update(text).digest('base64url') }
}

/** Returns undefined for what this service did not make, which costs no look into the database. */
export function readSessionSecret(keys: Overlapping<KeyObject>, text: string): SessionSecret | undefined {
  const [, session, secret, tag] = FORM.exec(text) ?? []
  if (!session || !secret || !tag) return undefined
  return keys.map((key) => sessionSecret(key, session, secret)).find((ours) => isSame(ours.text, text))
}

const isSame = (ours: string, given: string): boolean => timingSafeEqual(Buffer.from(ours), Buffer.from(given))
