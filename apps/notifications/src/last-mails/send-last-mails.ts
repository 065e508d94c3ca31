import { setTimeout as delay } from 'node:timers/promises'
import { type ApiAnswer, identity } from '@mpics/contracts'
import { failPoint } from '@mpics/eventing'
import { Peers } from '@mpics/service-kit'
import { Injectable, Logger } from '@nestjs/common'
import { ComposeEmail } from '../delivery/compose-email.js'
import { MailServer } from '../delivery/mail-server.js'
import type { Outcome } from '../delivery/smtp-outcome.js'
import { contentOf } from '../mails/content-of.js'

type LastMail = ApiAnswer<typeof identity.claimLastMails>['items'][number]

const OUTCOMES = { accepted: 'sent', refused: 'refused', failed: 'failed' } as const
const NOTE_AGAIN_MS = 1_000

/**
 * Sends the mails with which erasures end. Neither the mail nor its address is stored here: identity gives it out, and forgets it as
 * soon as it hears what became of it. A process that dies in between has it sent twice, with the same Message-ID.
 */
@Injectable()
export class SendLastMails {
  private readonly logger = new Logger('SendLastMails')

  constructor(
    private readonly peers: Peers,
    private readonly composeEmail: ComposeEmail,
    private readonly server: MailServer,
  ) {}

  /** Resolves to how many were tried. `signal` ends the attempts to tell identity. */
  async execute(signal: AbortSignal): Promise<number> {
    const { items } = await this.peers.call(identity.claimLastMails, {})
    await Promise.all(items.map((mail) => this.send(mail, signal)))
    return items.length
  }

  private async send(mail: LastMail, signal: AbortSignal): Promise<void> {
    const values = { handle: mail.handle, until: new Date(mail.lastTraceAt), receipt: mail.receipt }
    const content = contentOf(mail, 'account-erased', values)
    const about = { id: mail.erasureId, accountId: '', category: 'system' } as const
    const outcome = await this.server.send(await this.composeEmail.execute(about, content, mail.email))
    await failPoint('erasure.afterMail')
    await this.note(mail.erasureId, outcome, signal)
  }

  /** As long as it takes: a mail that was sent and not noted would be sent again. */
  private async note(erasureId: string, { kind }: Outcome, signal: AbortSignal): Promise<void> {
    for (let tries = 0; ; tries++)
      try {
        await this.peers.call(identity.settleLastMail, { params: { erasureId }, body: { outcome: OUTCOMES[kind] } })
        return
      } catch (err) {
        if (tries === 0) this.logger.warn({ err }, 'identity does not hear what became of a last mail')
        await delay(NOTE_AGAIN_MS, undefined, { signal })
      }
  }
}
