import { Injectable } from '@nestjs/common'
import type { Email } from '../emails/email.js'
import { contentOf } from '../mails/content-of.js'
import type { Mail } from '../mail-definition/define-mail.js'
import { MailSources } from '../sources/mail-sources.js'
import type { MailContent } from '../templates/mail-content.js'
import type { Recipient } from './recipients.js'

interface WrittenContent {
  content: MailContent
  listed?: string[]
}

type Addressed = Pick<Recipient, 'locale' | 'timeZone' | 'handle'>

/** Asks the sources for the names and links of this moment. */
@Injectable()
export class WriteContent {
  constructor(private readonly sources: MailSources) {}

  async execute(
    mail: Mail,
    email: Email,
    { handle, ...reader }: Addressed,
  ): Promise<WrittenContent | { suppress: string }> {
    const { accountId, createdAt, parameters } = email
    const written = await mail.write({ accountId, handle, locale: reader.locale, createdAt, parameters }, this.sources)
    if ('suppress' in written) return written
    return { content: contentOf(reader, written.instead ?? mail.kind, written.values), listed: written.listed }
  }
}
