import { createHash, createHmac } from 'node:crypto'
import { Clock, Ids } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Secrets } from '../keys/secrets.js'
import type { LinkRequest } from './link-request.js'

export type LinkKind = 'verify-email' | 'reset-password'

const HOUR_MS = 60 * 60 * 1000
/** A reset link opens the account, so its life is short (OWASP Forgot Password Cheat Sheet: "expire after an appropriate period"). */
const LIFE_MS: Record<LinkKind, number> = { 'verify-email': 24 * HOUR_MS, 'reset-password': HOUR_MS }

/**
 * Derives each token as HMAC(key, kind and request id), 256 bits. A retried mail derives it again and so carries the same
 * link, while the database holds only its hash.
 */
@Injectable()
export class OneTimeLinks {
  private readonly key: Buffer

  constructor(
    secrets: Secrets,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {
    this.key = secrets.keyFor('one-time-links')
  }

  request(kind: LinkKind): LinkRequest {
    const id = this.ids.next()
    const requestedAt = this.clock.now()
    const expiresAt = new Date(requestedAt.getTime() + LIFE_MS[kind])
    return { id, tokenHash: this.hash(this.token(kind, id)), requestedAt, expiresAt }
  }

  token(kind: LinkKind, requestId: string): string {
    return createHmac('sha256', this.key).update(`${kind}:${requestId}`).digest('base64url')
  }

  hash(token: string): string {
    return createHash('sha256').update(token).digest('base64url')
  }
}
