import { failPoint, type Versioned } from '@mpics/eventing'
import { ConcurrentChangeError } from '@mpics/mongo'
import { Clock } from '@mpics/service-kit'
import { Injectable, Logger } from '@nestjs/common'
import { bounced, claim, type Email, postponed, sent, suppressed } from '../emails/email.js'
import { EmailRepository } from '../emails/email.repository.js'
import { MailServer } from './mail-server.js'
import { PrepareEmail } from './prepare-email.js'

/**
 * Sends one mail. Claimed by a versioned save, so that one replica is at it; a replica that dies leaves it due again. Twice
 * only if the process dies between the server's 250 and the record, and then with the same Message-ID.
 */
@Injectable()
export class DeliverEmail {
  private readonly log = new Logger(DeliverEmail.name)

  constructor(
    private readonly emails: EmailRepository,
    private readonly prepare: PrepareEmail,
    private readonly server: MailServer,
    private readonly clock: Clock,
  ) {}

  async execute(due: Versioned<Email>): Promise<void> {
    const claimed = await this.claimed(due)
    if (claimed) await this.emails.save(claimed, await this.outcome(claimed))
  }

  private async claimed(due: Versioned<Email>): Promise<Versioned<Email> | undefined> {
    try {
      const decision = claim(due, this.clock.now())
      await this.emails.save(due, decision)
      return { ...decision.state, version: due.version + 1 }
    } catch (error) {
      if (error instanceof ConcurrentChangeError) return undefined
      throw error
    }
  }

  private async outcome(email: Versioned<Email>) {
    const { version: _, ...state } = email
    try {
      const prepared = await this.prepare.execute(state)
      if ('suppress' in prepared) return suppressed(state, prepared.suppress)
      await failPoint('mail.beforeSend')
      const outcome = await this.server.send(prepared.send)
      await failPoint('mail.afterSend')
      if (outcome.kind === 'accepted') return sent(state, this.clock.now())
      this.log.warn({ emailId: email.id, attempt: email.attempts, reason: outcome.reason }, 'a mail was not taken')
      return outcome.kind === 'refused' ? bounced(state, outcome.reason) : this.postpone(state, outcome.reason)
    } catch (error) {
      this.log.warn(
        { emailId: email.id, attempt: email.attempts, error: (error as Error).name },
        'a mail could not be made yet',
      )
      return this.postpone(state, 'unavailable')
    }
  }

  private postpone(email: Email, reason: string) {
    return postponed(email, reason, this.clock.now(), Math.random())
  }
}
