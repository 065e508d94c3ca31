import type { Envelope } from '@mpics/contracts'
import { EventServer } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { type CausedEmail, emailsCausedBy, mailsByCause } from '../emails/caused-emails.js'
import { queueCaused } from '../emails/queue-email.js'
import { WakeSignal } from '../emails/wake-signal.js'
import { mails } from '../mails/mails.generated.js'
import { MailSources } from '../sources/mail-sources.js'
import { Preparations } from './preparations.js'

const byCause = mailsByCause(mails)
/** Of an older event, which is heard again or late, the mail is often there already, and others wait. */
export const MAX_AGE_MS = 5_000

/** Begins to prepare mails that are sent at once while their event is looked up and they are made. */
@Injectable()
export class ForeseeEmails {
  constructor(
    events: EventServer,
    private readonly wakeSignal: WakeSignal,
    private readonly preparations: Preparations,
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
    this.preparations.begin(queueCaused(email, this.clock.now()).state)
    if (parameters.actorId) this.sources.foreseePeople([parameters.actorId], accountId)
  }
}
