import { clientCertificates } from '@mpics/service-kit'
import { type OnApplicationShutdown, Injectable } from '@nestjs/common'
import nodemailer from 'nodemailer'
import { NotificationsConfig } from '../config.js'
import type { Message } from './message.js'
import './require-smtputf8.js'
import { type Outcome, outcomeOf, type SmtpError } from './smtp-outcome.js'

/** RFC 5321 §4.5.3.2 lets a server think for ten minutes; a submission server that needs one is ill. */
const MAX_SENDING_MS = 60_000

/** The one place that speaks SMTP. */
@Injectable()
export class MailServer implements OnApplicationShutdown {
  private readonly transport

  constructor(config: NotificationsConfig) {
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

  async send({ envelope, bytes }: Message): Promise<Outcome> {
    if (!envelope) return { kind: 'refused', reason: 'address-unusable', addressFailing: true }
    try {
      await this.transport.sendMail({ envelope, raw: bytes, signal: AbortSignal.timeout(MAX_SENDING_MS) })
      return { kind: 'accepted' }
    } catch (error) {
      return outcomeOf(error as SmtpError)
    }
  }

  onApplicationShutdown(): void {
    this.transport.close()
  }
}
