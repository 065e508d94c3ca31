import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { Secrets } from '../keys/secrets.js'

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
  private readonly key: Buffer

  constructor(secrets: Secrets) {
    this.key = secrets.keyFor('refresh-tokens')
  }

  first(sessionId: string): RefreshToken {
    return this.make(sessionId.replaceAll('-', ''), randomBytes(32).toString('hex'))
  }

  successor(token: RefreshToken): RefreshToken {
    return this.make(token.text.slice(0, 32), this.mac('successor', token.text))
  }

  /** Returns undefined for a token that this service did not issue. */
  read(text: string): RefreshToken | undefined {
    const [, session, secret, tag] = FORM.exec(text) ?? []
    if (!session || !secret || !tag) return undefined
    const genuine = timingSafeEqual(Buffer.from(tag), Buffer.from(this.tag(session + secret)))
    return genuine ? this.make(session, secret) : undefined
  }

  private make(session: string, secret: string): RefreshToken {
    const text = session + secret + this.tag(session + secret)
    const sessionId = session.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    return { sessionId, text, hash: createHash('sha256').update(text).digest('base64url') }
  }

  private tag(text: string): string {
    return this.mac('tag', text).slice(0, 32)
  }

  private mac(use: string, text: string): string {
    return createHmac('sha256', this.key).update(`${use}:${text}`).digest('hex')
  }
}
