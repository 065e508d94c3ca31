import type { Envelope } from '@mpics/contracts'
import { EventServer } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { type CausedEmail, emailsCausedBy, mailsByCause } from '../emails/caused-emails.js'
import { idOfCaused } from '../emails/email-id.js'
import { WakeSignal } from '../emails/wake-signal.js'
import { mails } from '../mails/mails.generated.js'
import { MailSources } from '../sources/mail-sources.js'
import { Recipients } from './recipients.js'

const byCause = mailsByCause(mails)
/** Of an older event, which is heard again or late, the mail is often there already, and others wait. */
export const MAX_AGE_MS = 5_000

/**
 * Asks for the recipient and the names of mails that are sent at once while their event is looked up and they are made. What this
 * service decides by its own documents, and whether it may send a mail at all, is read when the mail is held.
 */
@Injectable()
export class ForeseeEmails {
  constructor(
    events: EventServer,
    private readonly wakeSignal: WakeSignal,
    private readonly recipients: Recipients,
    private readonly sources: MailSources,
    private readonly clock: Clock,
  ) {
    events.beforeEach((envelope) => this.execute(envelope))
  }

  private execute(envelope: Envelope): void {
    const caused = byCause.get(envelope.type)
    if (!caused || !this.wakeSignal.hasRoom || this.isLate(envelope)) return
    for (const email of emailsCausedBy(envelope, caused)) this.foresee(email)
  }

  private isLate({ time }: Envelope): boolean {
    return this.clock.now().getTime() - Date.parse(time) > MAX_AGE_MS
  }

  private foresee(email: CausedEmail): void {
    const { accountId, parameters } = email
    this.recipients.foresee({ id: idOfCaused(email), accountId })
    if (parameters.actorId) this.sources.foreseePeople([parameters.actorId], accountId)
  }
}
