import { type ApiAnswer, deriveLink, mailRecipients, profileCards } from '@mpics/contracts'
import { PeerError, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { NotificationsConfig } from '../config.js'
import type { Email } from '../emails/email.js'
import { isChosen } from '../settings/settings.js'
import { SettingsRepository } from '../settings/settings.repository.js'
import { composeMail } from '../templates/compose-mail.js'
import { Layouts } from '../templates/layouts.js'
import { textsOf, type Texts } from '../templates/texts.js'
import { UnsubscribeTokens } from '../unsubscribe/unsubscribe-tokens.js'
import type { OutgoingMail } from './mail-server.js'

type Recipient = NonNullable<ApiAnswer<typeof mailRecipients>>['items'][number]
export type Prepared = { send: OutgoingMail } | { suppress: string }

/** Decides at the moment of sending whether a mail is sent, and makes it from what its owners say now (B19). */
@Injectable()
export class PrepareEmail {
  constructor(
    private readonly peers: Peers,
    private readonly settings: SettingsRepository,
    private readonly tokens: UnsubscribeTokens,
    private readonly layouts: Layouts,
    private readonly config: NotificationsConfig,
  ) {}

  async execute(email: Email): Promise<Prepared> {
    const recipient = await this.recipientOf(email)
    if (!recipient) return { suppress: 'account-gone' }
    const stop = await this.reasonToStop(email, recipient)
    if (stop) return { suppress: stop }
    const texts = await this.textsFor(email, recipient)
    return 'suppress' in texts ? texts : { send: this.mail(email, recipient, texts) }
  }

  private async recipientOf({ accountId }: Email): Promise<Recipient | undefined> {
    const { items } = await this.peers.call(mailRecipients, { body: { accountIds: [accountId] } })
    return items.find((item) => item.accountId === accountId)
  }

  private async reasonToStop(email: Email, recipient: Recipient): Promise<string | undefined> {
    if (email.category === 'system' || email.category === 'legal') return undefined
    if (!recipient.emailVerified) return 'address-unverified'
    if (!isChosen(email.category)) return undefined
    const { choices } = await this.settings.find(email.accountId)
    return choices[email.category] === 'off' ? 'setting-off' : undefined
  }

  private async textsFor(email: Email, recipient: Recipient): Promise<Texts | { suppress: string }> {
    switch (email.kind) {
      case 'verify-email':
      case 'reset-password':
        return this.withLink(email, recipient, email.kind)
      case 'follow':
        return this.aboutFollower(email, recipient)
      default:
        return textsOf(recipient.locale, email.kind, {
          handle: recipient.handle,
          reason: email.parameters.reason ?? '',
        })
    }
  }

  private async withLink(email: Email, { locale, handle }: Recipient, kind: 'verify-email' | 'reset-password') {
    const requestId = email.parameters.requestId
    if (!requestId) return { suppress: 'cause-gone' }
    try {
      const { token } = await this.peers.call(deriveLink, { body: { kind, accountId: email.accountId, requestId } })
      if (token === null) return textsOf(locale, 'address-known', { handle })
      return textsOf(locale, kind, { handle }, `${this.config.PUBLIC_URL}/${kind}?token=${token}`)
    } catch (error) {
      if (error instanceof PeerError && error.status < 500) return { suppress: 'link-expired' }
      throw error
    }
  }

  /** The name that the recipient may see now; a follower who is gone or hidden is not told of. */
  private async aboutFollower(email: Email, { locale }: Recipient) {
    const actorId = email.parameters.actorId
    if (!actorId) return { suppress: 'cause-gone' }
    const { items } = await this.peers.call(profileCards, { body: { ids: [actorId], readerId: email.accountId } })
    const card = items[0]
    if (!card) return { suppress: 'cause-gone' }
    const name = card.fullName ? `${card.fullName} (@${card.handle})` : `@${card.handle}`
    return textsOf(locale, 'follow', { name }, `${this.config.PUBLIC_URL}/@${card.handle}`)
  }

  private mail(email: Email, recipient: Recipient, texts: Texts): OutgoingMail {
    const unsubscribe = isChosen(email.category) ? this.tokens.tokenFor(email.accountId, email.category) : undefined
    const page = unsubscribe && `${this.config.PUBLIC_URL}/unsubscribe/${unsubscribe}`
    return {
      to: recipient.email,
      messageId: `<${email.id}@${new URL(this.config.PUBLIC_URL).hostname}>`,
      ...composeMail(
        texts,
        { locale: recipient.locale, unsubscribe: page, site: this.config.PUBLIC_URL },
        this.layouts,
      ),
      headers: {
        'Auto-Submitted': 'auto-generated', // RFC 3834 §5
        'X-Auto-Response-Suppress': 'All',
        ...(unsubscribe && {
          'List-Unsubscribe': `<${this.config.PUBLIC_URL}/v1/unsubscribe/${unsubscribe}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', // RFC 8058 §3.1
        }),
      },
    }
  }
}
