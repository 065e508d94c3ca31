import { emailAddressOf } from '@mpics/contracts'
import { clientCertificates } from '@mpics/service-kit'
import { type OnApplicationShutdown, Injectable } from '@nestjs/common'
import nodemailer from 'nodemailer'
import { encodeWord } from 'nodemailer/lib/mime-funcs'
import { NotificationsConfig } from '../config.js'
import { addressOf } from './email-address.js'
import './require-smtputf8.js'
import { type Outcome, outcomeOf, type SmtpError } from './smtp-outcome.js'

export interface OutgoingEmail {
  to: string
  messageId: string
  subject: string
  text: string
  html: string
  headers: Record<string, string>
}

/** RFC 5321 §4.5.3.2 lets a server think for ten minutes; a submission server that needs one is ill. */
const MAX_SENDING_MS = 60_000

const MAX_ENCODED_WORD = 52

/** Always as encoded words (RFC 2047), so that those which a person typed stay text. */
const encoded = (subject: string) =>
  encodeWord(subject.toWellFormed(), /^[\x20-\x7E]*$/.test(subject) ? 'Q' : 'B', MAX_ENCODED_WORD)

/** The one place that speaks SMTP. */
@Injectable()
export class MailServer implements OnApplicationShutdown {
  private readonly transport

  constructor(private readonly config: NotificationsConfig) {
    this.transport = nodemailer.createTransport({
      url: config.NOTIFICATIONS_SMTP_URL,
      pool: true,
      maxConnections: config.NOTIFICATIONS_CONCURRENCY,
      maxMessages: 1_000,
      // only when the connection was gone before a byte was sent; the rest is tried again by postpone.ts
      maxRequeues: 1,
      connectionTimeout: 5_000,
      greetingTimeout: 5_000,
      dnsTimeout: 5_000,
      socketTimeout: 20_000,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(config.NOTIFICATIONS_DKIM && { dkim: config.NOTIFICATIONS_DKIM }),
      tls: { ca: clientCertificates(config)?.ca },
    })
  }

  async send({ to, subject, headers, ...mail }: OutgoingEmail): Promise<Outcome> {
    const recipient = emailAddressOf(to)
    if (!recipient) return { kind: 'refused', reason: 'address-unusable', addressFailing: true }
    const address = `${recipient.local}@${recipient.domain}`
    try {
      await this.transport.sendMail({
        ...mail,
        headers: { ...headers, Subject: { prepared: true, foldLines: true, value: encoded(subject) } },
        from: this.config.NOTIFICATIONS_MAIL_FROM,
        to: { name: '', address },
        // said apart from the headers, so that none of them can add a recipient
        envelope: { from: addressOf(this.config.NOTIFICATIONS_MAIL_FROM), to: [address] },
        signal: AbortSignal.timeout(MAX_SENDING_MS),
      })
      return { kind: 'accepted' }
    } catch (error) {
      return outcomeOf(error as SmtpError)
    }
  }

  onApplicationShutdown(): void {
    this.transport.close()
  }
}
