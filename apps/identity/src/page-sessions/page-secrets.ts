import { createHash, createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { Overlapping } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Secrets } from '../keys/secrets.js'
import type { RefreshToken } from '../sessions/refresh-tokens.js'

/** Session id (32 hexadecimal digits), secret (64), and a tag (32) that only this service can compute. */
const FORM = /^([0-9a-f]{32})([0-9a-f]{64})([0-9a-f]{32})$/

export interface PageSecret {
  readonly sessionId: string
  readonly text: string
  readonly hash: string
}

/**
 * The secret derives from the refresh token that it replaces: a repeated request gets the same. Its key is its own, so that
 * neither passes for the other. It is alphanumeric so that it can be a cookie.
 */
@Injectable()
export class PageSecrets {
  private readonly keys: Overlapping<KeyObject>

  constructor(secrets: Secrets) {
    this.keys = secrets.macKeysFor('page-sessions')
  }

  inPlaceOf({ sessionId, text }: RefreshToken): PageSecret {
    const [key] = this.keys
    return make(key, sessionId.replaceAll('-', ''), digits(key, 'secret', text))
  }

  /** Returns undefined for a secret that this service did not make, which costs no look into the database. */
  read(text: string): PageSecret | undefined {
    const [, session, secret, tag] = FORM.exec(text) ?? []
    if (!session || !secret || !tag) return undefined
    return this.keys.map((key) => make(key, session, secret)).find((ours) => isSame(ours.text, text))
  }
}

const isSame = (ours: string, given: string): boolean => timingSafeEqual(Buffer.from(ours), Buffer.from(given))

const digits = (key: KeyObject, use: string, text: string): string =>
  createHmac('sha256', key).update(`${use}:${text}`).digest('hex')

function make(key: KeyObject, session: string, secret: string): PageSecret {
  const text = session + secret + digits(key, 'tag', session + secret).slice(0, 32)
  const sessionId = session.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { sessionId, text, hash: createHash('sha256').update(text).digest('base64url') }
}
