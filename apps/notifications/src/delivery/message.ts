import { emailAddressOf } from '@mpics/contracts'
import MailComposer from 'nodemailer/lib/mail-composer'
import { encodeWord } from 'nodemailer/lib/mime-funcs'
import { addressOf } from './email-address.js'

export interface OutgoingEmail {
  to: string
  messageId: string
  subject: string
  text: string
  html: string
  headers: Record<string, string>
}

/** A mail as it goes out, ready before its turn: coding its parts takes longer than the words with the mail server. */
export interface Message {
  to: string
  /** Said apart from the headers, so that none of them can add a recipient. Absent: no server takes a mail to this address. */
  envelope?: { from: string; to: string[] }
  bytes: Buffer
}

const MAX_ENCODED_WORD = 52

/** Always as encoded words (RFC 2047), so that those which a person typed stay text. */
const encoded = (subject: string) =>
  encodeWord(subject.toWellFormed(), /^[\x20-\x7E]*$/.test(subject) ? 'Q' : 'B', MAX_ENCODED_WORD)

export async function messageOf({ to, subject, headers, ...mail }: OutgoingEmail, from: string): Promise<Message> {
  const recipient = emailAddressOf(to)
  if (!recipient) return { to, bytes: Buffer.alloc(0) }
  const address = `${recipient.local}@${recipient.domain}`
  const composer = new MailComposer({
    ...mail,
    headers: { ...headers, Subject: { prepared: true, foldLines: true, value: encoded(subject) } },
    from,
    to: { name: '', address },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return { to, envelope: { from: addressOf(from), to: [address] }, bytes: await composer.compile().build() }
}
