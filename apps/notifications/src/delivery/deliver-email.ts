import type { Decision } from '@mpics/contracts'
import { failPoint, type Versioned } from '@mpics/eventing'
import { Clock, PeerError, UnavailableError } from '@mpics/service-kit'
import { Injectable, Logger } from '@nestjs/common'
import { nextDigestAt, type DigestRhythm } from '../emails/digest.js'
import { bounced, deferred, type Email, gathered, sent, suppressed } from '../emails/email.js'
import { EmailRepository } from '../emails/email.repository.js'
import { PEER_UNAVAILABLE, postpone } from '../emails/postpone.js'
import { MailboxRepository } from '../mailboxes/mailbox.repository.js'
import { MailServer } from './mail-server.js'
import type { Message } from './message.js'
import { Preparations } from './preparations.js'

/** Decides about one mail whose lease this replica holds, and sends it. The caller records the outcome. */
@Injectable()
export class DeliverEmail {
  private readonly log = new Logger(DeliverEmail.name)

  constructor(
    private readonly emails: EmailRepository,
    private readonly mailboxes: MailboxRepository,
    private readonly preparations: Preparations,
    private readonly server: MailServer,
    private readonly clock: Clock,
  ) {}

  async execute({ version: _, ...email }: Versioned<Email>): Promise<Decision<Email>> {
    try {
      const prepared = await this.preparations.of(email)
      if ('suppress' in prepared) return this.suppress(email, prepared.suppress)
      if ('addToDigest' in prepared) return await this.addToDigest(email, prepared.addToDigest)
      if ('postpone' in prepared) return this.later(email, prepared.postpone)
      if ('replaced' in prepared) return gathered(email, this.clock.now())
      if ('defer' in prepared) return this.defer(email, prepared.defer)
      const { send, wasFailing, policyVersion, listed } = prepared
      return await this.send({ ...listing(email, listed), policyVersion }, send, wasFailing)
    } catch (error) {
      return this.failed(email, error as Error)
    }
  }

  private async send(email: Email, mail: Message, wasFailing: boolean): Promise<Decision<Email>> {
    await failPoint('mail.beforeSend')
    const outcome = await this.server.send(mail)
    await failPoint('mail.afterSend')
    const now = this.clock.now()
    const { id: emailId, accountId, attempts } = email
    if (outcome.kind === 'accepted') {
      if (wasFailing) await this.works(accountId)
      return sent(email, now)
    }
    this.log.warn({ emailId, attempts, reason: outcome.reason }, 'the mail server did not take a mail')
    if (outcome.kind === 'failed') return postpone(email, outcome.reason, now, Math.random())
    if (outcome.addressFailing) await this.mailboxes.markFailing(accountId, mail.to, outcome.reason, now)
    return bounced(email, outcome.reason, now)
  }

  private async works(accountId: string): Promise<void> {
    await this.mailboxes
      .markWorking(accountId)
      .catch((error: unknown) => this.log.warn({ err: error }, 'an address that works is still marked as failing'))
  }

  private suppress(email: Email, reason: string): Decision<Email> {
    this.log.log({ emailId: email.id, category: email.category, reason }, 'a mail was not sent')
    return suppressed(email, reason, this.clock.now())
  }

  private defer(email: Email, until: Date): Decision<Email> {
    this.log.log({ emailId: email.id, kind: email.kind, until }, 'a mail waits for its turn')
    return deferred(email, until)
  }

  /** A digest that is on its way is closed; the one after it tells of this. */
  private async addToDigest(email: Email, rhythm: DigestRhythm): Promise<Decision<Email>> {
    const now = this.clock.now()
    for (let at = nextDigestAt(rhythm, now); ; at = nextDigestAt(rhythm, at))
      if (await this.emails.addToDigest(email, at, now)) return gathered(email, now)
  }

  /** A peer comes back, and we mend our mistakes within three days: neither loses a mail. */
  private failed(email: Email, error: Error): Decision<Email> {
    const reason = error instanceof UnavailableError || error instanceof PeerError ? PEER_UNAVAILABLE : 'failed'
    return this.later(email, reason, { ...(reason === 'failed' && { err: error }), error: error.name })
  }

  private later(email: Email, reason: string, about: object = {}): Decision<Email> {
    const { id: emailId, attempts, kind } = email
    this.log.warn({ emailId, attempts, kind, reason, ...about }, 'a mail has to wait')
    return postpone(email, reason, this.clock.now(), Math.random())
  }
}

/** A sent mail names the accounts that it told of, so that the mails for them need not go. */
const listing = (email: Email, actorIds: string[] | undefined): Email =>
  actorIds ? { ...email, parameters: { ...email.parameters, actorIds } } : email
