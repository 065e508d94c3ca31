import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { DigestRhythm } from '../emails/digest.js'
import type { Email } from '../emails/email.js'
import { EmailRepository } from '../emails/email.repository.js'
import { AddressLetter } from './address-letter.js'
import { judge } from './judge-email.js'
import type { OutgoingMail } from './mail-server.js'
import { Recipients } from './recipients.js'
import { WriteLetter } from './write-letter.js'

export type Prepared = { send: OutgoingMail; wasFailing: boolean } | { suppress: string } | { gather: DigestRhythm }

const DAY_MS = 86_400_000
/** Who follows, unfollows and follows again does not fill somebody's mailbox. */
const MOST_PER_FOLLOWER_AND_DAY = 3

/** Decides at the moment of sending whether a mail is sent, and makes it from what its owners say now (B19). */
@Injectable()
export class PrepareEmail {
  constructor(
    private readonly recipients: Recipients,
    private readonly emails: EmailRepository,
    private readonly writeLetter: WriteLetter,
    private readonly addressLetter: AddressLetter,
    private readonly clock: Clock,
  ) {}

  async execute(email: Email): Promise<Prepared> {
    const recipient = await this.recipients.find(email.accountId)
    if (!recipient) return { suppress: 'account-gone' }
    const verdict = judge(email, recipient)
    if (!('send' in verdict)) return verdict
    if (await this.isRepeated(email)) return { suppress: 'repeated' }
    const written = await this.writeLetter.execute(email, recipient)
    if ('suppress' in written) return written
    const send = this.addressLetter.execute(email, written.letter, recipient.email)
    return { send, wasFailing: recipient.addressFailing }
  }

  private async isRepeated(email: Email): Promise<boolean> {
    if (email.kind !== 'follow') return false
    const since = new Date(this.clock.now().getTime() - DAY_MS)
    return (await this.emails.countBefore(email, since)) >= MOST_PER_FOLLOWER_AND_DAY
  }
}
