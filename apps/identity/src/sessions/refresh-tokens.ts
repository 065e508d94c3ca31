import { createHash, createHmac, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Overlapping, overlappingOf } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Secrets } from '../keys/secrets.js'
import type { Session } from './session.js'

/** Session id (32 hexadecimal digits), secret (64), and a tag (32) that only this service can compute. */
const FORM = /^([0-9a-f]{32})([0-9a-f]{64})([0-9a-f]{32})$/

export interface RefreshToken {
  readonly sessionId: string
  readonly text: string
  readonly hash: string
}

/**
 * The first token is random, each later one is the HMAC of its predecessor: a repeated request gets the same successor,
 * although the database holds only hashes. The tag keeps a stranger who knows a session's id from ending the session with an
 * invented token. A token is alphanumeric so that it can be a cookie.
 */
@Injectable()
export class RefreshTokens {
  private readonly keys: Overlapping<KeyObject>

  constructor(secrets: Secrets) {
    this.keys = secrets.macKeysFor('refresh-tokens')
  }

  first(sessionId: string): RefreshToken {
    return make(this.keys[0], sessionId.replaceAll('-', ''), randomBytes(32).toString('hex'))
  }

  /** The successor that the session has taken, though under another secret; of a new one the first secret makes it. */
  successor(token: RefreshToken, session?: Pick<Session, 'refreshHash' | 'spent'>): RefreshToken {
    const next = (key: KeyObject) => make(key, token.text.slice(0, 32), digits(key, 'successor', token.text))
    const [first, ...others] = overlappingOf(this.keys, next)
    const taken = [session?.refreshHash, ...(session?.spent ?? []).map(({ hash }) => hash)]
    return others.find(({ hash }) => taken.includes(hash)) ?? first
  }

  /** Returns undefined for a token that this service did not issue. */
  read(text: string): RefreshToken | undefined {
    const [, session, secret, tag] = FORM.exec(text) ?? []
    if (!session || !secret || !tag) return undefined
    return this.keys.map((key) => make(key, session, secret)).find((ours) => isSame(ours.text, text))
  }
}

const isSame = (ours: string, given: string): boolean => timingSafeEqual(Buffer.from(ours), Buffer.from(given))

const digits = (key: KeyObject, use: string, text: string): string =>
  createHmac('sha256', key).update(`${use}:${text}`).digest('hex')

function make(key: KeyObject, session: string, secret: string): RefreshToken {
  const text = session + secret + digits(key, 'tag', session + secret).slice(0, 32)
  const sessionId = session.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { sessionId, text, hash: createHash('sha256').update(text).digest('base64url') }
}
