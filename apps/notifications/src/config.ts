import { exportsConfig } from '@mpics/rights'
import { commonConfig, defineConfig, overlappingSecret, peerUrlsOf } from '@mpics/service-kit'
import { z } from 'zod'
import { dkimOf } from './dkim.js'

/** Without `requireTLS` whoever is on the way can keep the client from STARTTLS (RFC 3207 §6). */
function isEncryptedSmtp(url: unknown): boolean {
  const { protocol, searchParams } = new URL(String(url))
  const isChecked = searchParams.get('tls.rejectUnauthorized') !== 'false'
  return isChecked && (protocol === 'smtps:' || searchParams.get('requireTLS') === 'true')
}

export class NotificationsConfig extends defineConfig({
  ...commonConfig,
  ...exportsConfig,
  ...peerUrlsOf('notifications'),
  NOTIFICATIONS_SMTP_URL: z.url({ protocol: /^smtps?$/ }).meta({
    description: 'mail server, as smtps://user:password@host:port, smtp://…?requireTLS=true (STARTTLS), or smtp://…',
    secret: true,
    wire: { isEncrypted: isEncryptedSmtp, mend: 'an address that begins with smtps://, or ends in ?requireTLS=true' },
  }),
  NOTIFICATIONS_MAIL_FROM: z
    .string()
    .regex(/^[^\r\n<>]+<[^<>\s@]+@[^<>\s@]+>$/, 'expected Name <address@host>')
    .meta({ description: 'sender of all mails' }),
  NOTIFICATIONS_IMPRINT: z.string().max(300).default('Million Pictures').meta({
    description: 'who sends the mails, with a postal address where the law asks for one; one line in each mail',
  }),
  NOTIFICATIONS_LINK_KEY: overlappingSecret().meta({
    description:
      'at least 32 random characters; signs unsubscribe links. Others may follow after a comma, so that their links still work',
    secret: true,
  }),
  NOTIFICATIONS_DKIM: z.string().optional().transform(dkimOf).meta({
    description: 'signs mails (RFC 6376): domain:selector:private key as PEM; unset where the mail server does it',
    secret: true,
  }),
  NOTIFICATIONS_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .default(10)
    .meta({ description: 'mails sent at once by one replica' }),
  NOTIFICATIONS_LEASE_MS: z.coerce.number().int().min(1_000).max(600_000).default(20_000).meta({
    description: 'how long a mail waits whose replica died while sending it; prolonged while the replica lives',
  }),
}) {}
