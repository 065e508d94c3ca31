import { generateKeyPairSync } from 'node:crypto'
import { ConfigError, wireOf } from '@mpics/service-kit'
import { NotificationsConfig } from './config.js'

const PEM = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
}) as string

function complaints(environment: Record<string, string>): string[] {
  try {
    new NotificationsConfig(environment)
    return []
  } catch (error) {
    const named = Object.keys(environment)
    return (error as ConfigError).sentences.filter((sentence) => named.some((name) => sentence.startsWith(`${name} `)))
  }
}

describe('the configuration', () => {
  it.each([
    ['a mail server', 'NOTIFICATIONS_SMTP_URL', 'smtps://user:secret@mail.example:465'],
    ['a sender', 'NOTIFICATIONS_MAIL_FROM', 'Million Pictures <hello@pictures.example>'],
    ['a present and an older key', 'NOTIFICATIONS_LINK_KEY', `${'a'.repeat(32)}, ${'b'.repeat(40)}`],
    ['a key to sign with', 'NOTIFICATIONS_DKIM', `pictures.example:s1:${PEM}`],
    ['such a key on one line', 'NOTIFICATIONS_DKIM', `pictures.example:s1:${PEM.replaceAll('\n', '\\n')}`],
  ])('takes %s', (_, name, value) => expect(complaints({ [name]: value })).toEqual([]))

  it.each([
    ['NOTIFICATIONS_SMTP_URL', 'http://mail.example'],
    ['NOTIFICATIONS_MAIL_FROM', 'hello@pictures.example'],
    ['NOTIFICATIONS_MAIL_FROM', 'A\r\nBcc: x@y <hello@pictures.example>'],
    ['NOTIFICATIONS_LINK_KEY', `${'a'.repeat(32)},short`],
    ['NOTIFICATIONS_DKIM', 'pictures.example:s1:not a key'],
    ['NOTIFICATIONS_DKIM', 'pictures.example'],
    ['NOTIFICATIONS_LEASE_MS', '5'],
  ])('refuses %s=%j in one sentence, and keeps secrets to itself', (name, value) => {
    const [sentence, ...more] = complaints({ [name]: value })
    expect(sentence).toMatch(new RegExp(`^${name} cannot be used`))
    expect(more).toEqual([])
    if (/KEY|DKIM/.test(name)) expect(sentence).not.toContain(value)
  })

  it.each([
    ['smtps://mail.example', true],
    ['smtp://user:p@mail.example:587?requireTLS=true', true],
    ['smtp://mail.example', false],
    ['smtp://user:requireTLS=true@mail.example', false],
    ['smtps://mail.example?tls.rejectUnauthorized=false', false],
  ])('knows whether %s is encrypted: %s', (url, isEncrypted) =>
    expect(wireOf(NotificationsConfig.shape['NOTIFICATIONS_SMTP_URL']!)?.isEncrypted(url)).toBe(isEncrypted),
  )
})
