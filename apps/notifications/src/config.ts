import { commonConfig, defineConfig, peerUrls } from '@mpics/service-kit'
import { z } from 'zod'

export class NotificationsConfig extends defineConfig({
  ...commonConfig,
  IDENTITY_URL: peerUrls.IDENTITY_URL,
  PROFILES_URL: peerUrls.PROFILES_URL,
  NOTIFICATIONS_SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .meta({ description: 'mail server, as smtp://user:password@host:port or smtps://…', secret: true }),
  NOTIFICATIONS_MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]+<[^<>\s@]+@[^<>\s@]+>$/, 'expected Name <address@host>')
    .meta({ description: 'sender of all mails' }),
  NOTIFICATIONS_LINK_KEY: z.string().min(32).meta({
    description: 'at least 32 random characters; signs unsubscribe links. Another value makes all sent links invalid',
    secret: true,
  }),
  NOTIFICATIONS_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .default(5)
    .meta({ description: 'mails sent at once by one replica' }),
}) {}
