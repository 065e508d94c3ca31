import { createHash } from 'node:crypto'
import { HOUR_MS } from '@mpics/contracts/durations'
import { Clock, Ids, type OverlappingMac, overlappingOf } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Secrets } from '../keys/secrets.js'
import type { LinkRequest } from './link-request.js'

export type LinkKind =
  | 'verify-email'
  | 'reset-password'
  | 'confirm-email'
  | 'freeze-email'
  | 'lock-objection'
  | 'confirm-factor-recovery'
  | 'cancel-factor-recovery'

/** A reset link opens the account, so its life is short (OWASP Forgot Password Cheat Sheet: "expire after an appropriate period"). */
const LIFE_MS: Record<LinkKind, number> = {
  'verify-email': 24 * HOUR_MS,
  'reset-password': HOUR_MS,
  'confirm-email': 24 * HOUR_MS,
  'freeze-email': 7 * 24 * HOUR_MS,
  'lock-objection': 7 * 24 * HOUR_MS,
  'confirm-factor-recovery': HOUR_MS,
  // for the whole delay, and for who reads the last mail late
  'cancel-factor-recovery': 96 * HOUR_MS,
}

/**
 * Derives each token as HMAC(key, kind and request id), 256 bits. A retried mail derives it again and so carries the same
 * link, while the database holds only its hash.
 */
@Injectable()
export class OneTimeLinks {
  private readonly mac: OverlappingMac

  constructor(
    secrets: Secrets,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {
    this.mac = secrets.macFor('one-time-links')
  }

  request(kind: LinkKind, id = this.ids.next()): LinkRequest {
    const requestedAt = this.clock.now()
    return this.begun(kind, { id, tokenHash: this.hash(this.token(kind, id)), requestedAt })
  }

  /** The link of a request, whose life begins now. */
  begun(kind: LinkKind, request: Omit<LinkRequest, 'expiresAt'>): LinkRequest {
    return { ...request, expiresAt: new Date(this.clock.now().getTime() + LIFE_MS[kind]) }
  }

  /** The token that the request was stored with, though under another secret. */
  token(kind: LinkKind, requestId: string, tokenHash?: string): string {
    const [first, ...others] = overlappingOf(this.mac.all(`${kind}:${requestId}`), (mac) => mac.toString('base64url'))
    return others.find((token) => this.hash(token) === tokenHash) ?? first
  }

  hash(token: string): string {
    return createHash('sha256').update(token).digest('base64url')
  }
}
