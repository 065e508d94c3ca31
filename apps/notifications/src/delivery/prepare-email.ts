import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { DigestRhythm } from '../emails/digest.js'
import type { Email } from '../emails/email.js'
import { EmailRepository } from '../emails/email.repository.js'
import type { Mail } from '../mail-definition/define-mail.js'
import { mailOf } from '../mails/mail-of.js'
import { ComposeEmail } from './compose-email.js'
import { hasRules, judge } from './judge-email.js'
import type { OutgoingEmail } from './mail-server.js'
import { Recipients } from './recipients.js'
import { WriteContent } from './write-content.js'

export type Prepared =
  | { send: OutgoingEmail; wasFailing: boolean }
  | { suppress: string }
  | { addToDigest: DigestRhythm }
  | { postpone: string }

const DAY_MS = 86_400_000

/** Decides at the moment of sending whether a mail is sent, and makes it from what its owners say now (B19). */
@Injectable()
export class PrepareEmail {
  constructor(
    private readonly recipients: Recipients,
    private readonly emails: EmailRepository,
    private readonly writeContent: WriteContent,
    private readonly composeEmail: ComposeEmail,
    private readonly clock: Clock,
  ) {}

  async execute(email: Email): Promise<Prepared> {
    const mail = mailOf(email.kind)
    if (!mail || !hasRules(email.category)) return FOR_ANOTHER_VERSION
    const recipient = await this.recipients.find(email.accountId)
    if (!recipient) return { suppress: 'account-gone' }
    const verdict = judge(email, recipient)
    if (!('send' in verdict)) return verdict
    if (await this.isRepeated(email, mail)) return { suppress: 'repeated' }
    const content = await this.writeContent.execute(mail, email, recipient)
    if ('suppress' in content) return content
    const send = this.composeEmail.execute(email, content, recipient.email)
    return { send, wasFailing: recipient.addressFailing }
  }

  private async isRepeated(email: Email, { maxPerActorAndDay }: Mail): Promise<boolean> {
    if (maxPerActorAndDay === undefined) return false
    const since = new Date(this.clock.now().getTime() - DAY_MS)
    return (await this.emails.countBefore(email, since)) >= maxPerActorAndDay
  }
}

/** This version does not know what the mail says or which rules stop it. A replica of the version that queued it may take it within three days. */
const FOR_ANOTHER_VERSION = { postpone: 'kind-unknown' }
