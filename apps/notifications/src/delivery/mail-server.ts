import { type OnApplicationShutdown, Injectable } from '@nestjs/common'
import nodemailer, { type SendMailOptions, type TransportOptions } from 'nodemailer'
import { NotificationsConfig } from '../config.js'

export interface OutgoingMail {
  to: string
  messageId: string
  subject: string
  text: string
  html: string
  headers: Record<string, string>
}

/** `refused` is for good (SMTP 5xx, RFC 5321 §4.2.1); `failed` may pass. */
export type Outcome = { kind: 'accepted' } | { kind: 'refused' | 'failed'; reason: string }

interface SmtpError {
  responseCode?: number
  code?: string
}

/** The one place that speaks SMTP. */
@Injectable()
export class MailServer implements OnApplicationShutdown {
  private readonly transport

  constructor(private readonly config: NotificationsConfig) {
    this.transport = nodemailer.createTransport({
      url: config.NOTIFICATIONS_SMTP_URL,
      pool: true,
      maxConnections: config.NOTIFICATIONS_CONCURRENCY,
      connectionTimeout: 5_000,
      greetingTimeout: 5_000,
      socketTimeout: 20_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    } as TransportOptions)
  }

  async send(mail: OutgoingMail): Promise<Outcome> {
    try {
      await this.transport.sendMail({
        from: this.config.NOTIFICATIONS_MAIL_FROM,
        // one recipient as an object: whatever the address holds, it stays one address
        to: { name: '', address: mail.to },
        messageId: mail.messageId,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        headers: mail.headers,
      } as SendMailOptions)
      return { kind: 'accepted' }
    } catch (error) {
      return outcomeOf(error as SmtpError)
    }
  }

  onApplicationShutdown(): void {
    this.transport.close()
  }
}

/** Names the reply code and never what the server said: replies repeat the address. */
function outcomeOf({ responseCode, code }: SmtpError): Outcome {
  if (code === 'EENVELOPE' && responseCode === undefined) return { kind: 'refused', reason: 'address-unusable' }
  if (responseCode !== undefined && responseCode >= 500) return { kind: 'refused', reason: `smtp-${responseCode}` }
  return {
    kind: 'failed',
    reason: responseCode === undefined ? `smtp-${(code ?? 'unreachable').toLowerCase()}` : `smtp-${responseCode}`,
  }
}
