import { type KeyObject, randomBytes } from 'node:crypto'
import { type Overlapping, overlappingOf } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Secrets } from '../keys/secrets.js'
import type { Session } from './session.js'
import { digits, readSessionSecret, type SessionSecret, sessionSecret } from './session-secret.js'

export type RefreshToken = SessionSecret

/**
 * The first token is random, each later one is the HMAC of its predecessor: a repeated request gets the same successor,
 * although the database holds only hashes. The tag keeps a stranger who knows a session's id from ending the session with an
 * invented token.
 */
@Injectable()
export class RefreshTokens {
  private readonly keys: Overlapping<KeyObject>

  constructor(secrets: Secrets) {
    this.keys = secrets.macKeysFor('refresh-tokens')
  }

  first(sessionId: string): RefreshToken {
    return sessionSecret(this.keys[0], sessionId.replaceAll('-', ''), randomBytes(32).toString('hex'))
  }

  /** The successor that the session has taken, though under another secret; of a new one the first secret makes it. */
  successor(token: RefreshToken, session?: Pick<Session, 'refreshHash' | 'spent'>): RefreshToken {
    const next = (key: KeyObject) => sessionSecret(key, token.text.slice(0, 32), digits(key, 'successor', token.text))
    const [first, ...others] = overlappingOf(this.keys, next)
    const taken = [session?.refreshHash, ...(session?.spent ?? []).map(({ hash }) => hash)]
    return others.find(({ hash }) => taken.includes(hash)) ?? first
  }

  /** Returns undefined for a token that this service did not issue. */
  read(text: string): RefreshToken | undefined {
    return readSessionSecret(this.keys, text)
  }
}
