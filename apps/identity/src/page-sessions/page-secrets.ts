import type { KeyObject } from 'node:crypto'
import type { Overlapping } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Secrets } from '../keys/secrets.js'
import type { RefreshToken } from '../sessions/refresh-tokens.js'
import { digits, readSessionSecret, type SessionSecret, sessionSecret } from '../sessions/session-secret.js'

export type PageSecret = SessionSecret

/**
 * The secret derives from the refresh token that it replaces: a repeated request gets the same. Its key is its own, so that
 * neither passes for the other.
 */
@Injectable()
export class PageSecrets {
  private readonly keys: Overlapping<KeyObject>

  constructor(secrets: Secrets) {
    this.keys = secrets.macKeysFor('page-sessions')
  }

  inPlaceOf({ sessionId, text }: RefreshToken): PageSecret {
    const [key] = this.keys
    return sessionSecret(key, sessionId.replaceAll('-', ''), digits(key, 'secret', text))
  }

  /** Returns undefined for a secret that this service did not make, which costs no look into the database. */
  read(text: string): PageSecret | undefined {
    return readSessionSecret(this.keys, text)
  }
}
