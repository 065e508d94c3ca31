import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { LinkKind } from '../links/one-time-links.js'
import { AttemptKeys } from './attempt-keys.js'
import { AttemptRepository } from './attempt.repository.js'
import { MAIL_BACKOFF } from './backoff-schedule.js'

/** Limits how many mails anybody can request for an address, whether or not an account has it; of changes of the address, how many for an account. */
@Injectable()
export class MailAttempts {
  constructor(
    private readonly keys: AttemptKeys,
    private readonly attempts: AttemptRepository,
    private readonly clock: Clock,
  ) {}

  /** Resolves to false when the limit is reached; the caller must give the same answer all the same. */
  async admit(kind: LinkKind, email: string): Promise<boolean> {
    const notBefore = await this.attempts.admit(this.keys.mail(kind, email), MAIL_BACKOFF, this.clock.now())
    return notBefore === undefined
  }

  /** Replaces the write that a known address would cause. */
  async recordDecoy(kind: LinkKind, email: string): Promise<void> {
    await this.attempts.touch(this.keys.mail(kind, email), this.clock.now())
  }
}
