import { Injectable } from '@nestjs/common'
import type { Email } from '../emails/email.js'
import { contentOf } from '../mails/content-of.js'
import type { Mail, MailToWrite, ReadMail, Written } from '../mail-definition/define-mail.js'
import { MailLinks } from '../sources/mail-links.js'
import { MailSources } from '../sources/mail-sources.js'
import type { MailContent } from '../templates/mail-content.js'
import type { Recipient } from './recipients.js'

export type WrittenContent = { content: MailContent; listed?: string[] } | { suppress: string }

export type Addressed = Pick<Recipient, 'locale' | 'timeZone' | 'handle'>

/** Asks the sources for the names and links of this moment. */
@Injectable()
export class WriteContent {
  constructor(
    private readonly sources: MailSources,
    private readonly links: MailLinks,
  ) {}

  async execute(mail: Mail, email: Email, reader: Addressed): Promise<WrittenContent> {
    const toWrite = toWriteOf(email, reader)
    const { write } = mail
    const written = 'withLinks' in write ? write.withLinks(toWrite, this.links) : write(toWrite, this.sources.now)
    return contentBy(reader, mail, await written)
  }

  /** Before the mail is there. */
  async early(mail: ReadMail, email: Email, reader: Addressed): Promise<WrittenContent> {
    return contentBy(reader, mail, await mail.write(toWriteOf(email, reader), this.sources.early))
  }
}

const toWriteOf = ({ accountId, createdAt, parameters }: Email, { handle, locale }: Addressed): MailToWrite => ({
  ...{ accountId, handle, locale, createdAt, parameters },
})

function contentBy({ handle: _, ...reader }: Addressed, { kind }: Mail, written: Written): WrittenContent {
  if ('suppress' in written) return written
  return { content: contentOf(reader, written.instead ?? kind, written.values), listed: written.listed }
}
