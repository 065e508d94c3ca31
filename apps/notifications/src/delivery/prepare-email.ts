import { Restores } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import type { DigestRhythm } from '../emails/digest.js'
import type { Email } from '../emails/email.js'
import { isOnlyRead, type Mail } from '../mail-definition/define-mail.js'
import { mailOf } from '../mails/mail-of.js'
import { ComposeEmail } from './compose-email.js'
import { EmailLimits, type Limited } from './email-limits.js'
import { hasRules, judge, type Verdict } from './judge-email.js'
import type { Message } from './message.js'
import { type Recipient, Recipients } from './recipients.js'
import { WriteContent, type WrittenContent } from './write-content.js'

export type Prepared =
  | { send: Message; wasFailing: boolean; policyVersion: string | null; listed?: string[] }
  | Limited
  | { suppress: string }
  | { addToDigest: DigestRhythm }
  | { postpone: string }

/** What is known of the recipient, and whether the mail says what others said. */
export interface Look {
  recipient: Recipient | undefined | null
  isRepeated: boolean
}

/** Decides at the moment of sending whether a mail is sent, and makes it from what its owners say now (B19). */
@Injectable()
export class PrepareEmail {
  constructor(
    private readonly recipients: Recipients,
    private readonly limits: EmailLimits,
    private readonly writeContent: WriteContent,
    private readonly composeEmail: ComposeEmail,
    private readonly restores: Restores,
  ) {}

  async execute(email: Email, early?: Look): Promise<Prepared> {
    const mail = this.mailOf(email)
    if (!('write' in mail)) return mail
    const judged = judgedBy(email, early ?? (await this.look(email)))
    if (!('recipient' in judged)) return judged
    const limited = await this.limits.execute(email, mail, judged.recipient.email)
    return (
      limited ?? this.composed(email, judged.recipient, await this.writeContent.execute(mail, email, judged.recipient))
    )
  }

  /** Before the mail is there. It changes nothing: undefined for a mail that needs more. */
  async early(email: Email, look: Look): Promise<Prepared | undefined> {
    const mail = this.mailOf(email)
    if (!('write' in mail)) return mail
    const judged = judgedBy(email, look)
    if (!('recipient' in judged)) return judged
    if (!isOnlyRead(mail)) return undefined
    return this.composed(email, judged.recipient, await this.writeContent.early(mail, email, judged.recipient))
  }

  async look(email: Email, isEarly = false): Promise<Look> {
    const { toNewAddress = false, maxPerActorAndDay } = mailOf(email.kind) ?? {}
    const [recipient, isRepeated] = await Promise.all([
      this.recipients.find(email.accountId, { toNewAddress, isEarly }),
      this.limits.isRepeated(email, maxPerActorAndDay),
    ])
    return { recipient, isRepeated }
  }

  private mailOf({ kind, category, createdAt }: Email): Mail | { suppress: string } | typeof FOR_ANOTHER_VERSION {
    if (this.restores.isBefore(createdAt)) return { suppress: 'restored' }
    const mail = mailOf(kind)
    return mail && hasRules(category) ? mail : FOR_ANOTHER_VERSION
  }

  private async composed(email: Email, recipient: Recipient, written: WrittenContent): Promise<Prepared> {
    if ('suppress' in written) return written
    const send = await this.composeEmail.execute(email, written.content, recipient.email)
    const { addressFailing: wasFailing, policyVersion } = recipient
    return { send, wasFailing, policyVersion, listed: written.listed }
  }
}

function judgedBy(
  email: Email,
  { recipient, isRepeated }: Look,
): { recipient: Recipient } | Exclude<Verdict, { send: true }> {
  if (!recipient) return { suppress: recipient === null ? 'link-expired' : 'account-gone' }
  const verdict = judge(email, recipient)
  if (!('send' in verdict)) return verdict
  return isRepeated ? { suppress: 'repeated' } : { recipient }
}

/** This version does not know what the mail says or which rules stop it. A replica of the version that queued it may take it within three days. */
const FOR_ANOTHER_VERSION = { postpone: 'kind-unknown' }
