import { Injectable } from '@nestjs/common'
import { NotificationsConfig } from '../config.js'
import type { Email } from '../emails/email.js'
import { isStoppable } from '../settings/settings.js'
import type { MailContent } from '../templates/mail-content.js'
import { renderHtml } from '../templates/render-html.js'
import { inLanguage } from '../templates/in-language.js'
import { renderText } from '../templates/render-text.js'
import { UnsubscribeTokens } from '../unsubscribe/unsubscribe-tokens.js'
import { type Message, messageOf, type OutgoingEmail } from './message.js'

type Composed = Pick<Email, 'id' | 'accountId' | 'category'>

/** Makes an email of its content, ready to be sent: both parts, and the headers that mail programs and mailing robots look at. */
@Injectable()
export class ComposeEmail {
  constructor(
    private readonly tokens: UnsubscribeTokens,
    private readonly config: NotificationsConfig,
  ) {}

  execute(composed: Composed, content: MailContent, to: string): Promise<Message> {
    return messageOf(this.parts(composed, content, to), this.config.NOTIFICATIONS_MAIL_FROM)
  }

  parts({ id, accountId, category }: Composed, content: MailContent, to: string): OutgoingEmail {
    const site = new URL(this.config.PUBLIC_URL)
    const page = (path: string) => inLanguage(content.language, new URL(path, site).href)
    const token = isStoppable(category) ? this.tokens.tokenFor(accountId, category) : undefined
    const footer = {
      privacyUrl: page('/policies/privacy'),
      termsUrl: page('/policies/terms'),
      imprint: this.config.NOTIFICATIONS_IMPRINT,
      ...(token && { unsubscribeUrl: page(`/unsubscribe/${token}`) }),
    }
    return {
      to,
      messageId: `<${id}@${site.hostname}>`,
      subject: content.subject,
      text: renderText(content, footer),
      html: renderHtml(content, footer),
      headers: {
        ...AUTOMATIC,
        'Content-Language': content.language, // RFC 3282
        ...(token && {
          'List-Id': `<${category}.${site.hostname}>`, // RFC 2919
          ...oneClick(new URL(`/v1/unsubscribe/${token}`, site).href),
        }),
      },
    }
  }
}

const AUTOMATIC = {
  'Auto-Submitted': 'auto-generated', // RFC 3834 §5: no robot answers
  'X-Auto-Response-Suppress': 'All', // the same for Exchange
}

/** RFC 8058 §3.1: a mail program may unsubscribe by a POST to this address, and by nothing else. Earlier releases take no query there. */
const oneClick = (url: string) => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})
