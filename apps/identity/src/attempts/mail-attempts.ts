import { createHmac } from 'node:crypto'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { emailKeyOf } from '../accounts/email-key.js'
import type { LinkKind } from '../links/one-time-links.js'
import { Secrets } from '../keys/secrets.js'
import { AttemptRepository } from './attempt.repository.js'
import { MAIL_BACKOFF } from './backoff-schedule.js'

/** Limits how many mails anybody can request for an address, whether or not an account has it. */
@Injectable()
export class MailAttempts {
  private readonly key: Buffer

  constructor(
    secrets: Secrets,
    private readonly attempts: AttemptRepository,
    private readonly clock: Clock,
  ) {
    this.key = secrets.keyFor('attempts')
  }

  /** Resolves to false when the limit is reached; the caller must give the same answer all the same. */
  async admit(kind: LinkKind, email: string): Promise<boolean> {
    const notBefore = await this.attempts.admit(this.idOf(kind, email), MAIL_BACKOFF, this.clock.now())
    return notBefore === undefined
  }

  /** Replaces the write that a known address would cause. */
  async recordDecoy(kind: LinkKind, email: string): Promise<void> {
    await this.attempts.touch(this.idOf(kind, email), this.clock.now())
  }

  private idOf(kind: LinkKind, email: string): string {
    return createHmac('sha256', this.key)
      .update(`mail:${kind}:${emailKeyOf(email)}`)
      .digest('base64url')
  }
}
