import { createVerify, generateKeyPairSync } from 'node:crypto'
import { identity } from '@mpics/contracts'
import { follows, type Person } from './setup/peers-harness.js'
import { headersIn } from './setup/headers.js'
import { NotificationsHarness } from './setup/notifications-harness.js'
import { ScriptedMailServer } from './setup/scripted-mail-server.js'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string

const relaxed = (value: string) => value.replace(/[ \t]+/g, ' ').trim()

/** The fields that the signature of a mail covers, if it is right (RFC 6376 §3.4.2). */
function signedFields(headers: Record<string, string>): string[] {
  const [, unsigned, signature] = /^(.*\bb=)([^;]*)$/s.exec(relaxed(headers['dkim-signature']!))!
  const names = /\bh=([^;]+)/.exec(unsigned!)![1]!.replaceAll(' ', '').split(':')
  const lines = [...names.map((name) => `${name}:${relaxed(headers[name] ?? '')}`), `dkim-signature:${unsigned}`]
  const verify = createVerify('RSA-SHA256').update(lines.join('\r\n'))
  return verify.verify(publicKey, signature!.replaceAll(' ', ''), 'base64') ? names : []
}

describe('the signature of mails', () => {
  let server: ScriptedMailServer
  let notifications: NotificationsHarness
  beforeAll(async () => {
    server = await ScriptedMailServer.listen()
    const dkim = `pictures.example:s1:${pem}`
    notifications = await NotificationsHarness.open((peers) => ({
      ...peers.environment(server.url),
      NOTIFICATIONS_DKIM: dkim,
    }))
  })
  afterAll(async () => {
    await notifications.close()
    await server.close()
  })

  const headersTo = async (person: Person) => {
    await notifications.untilOutcome('sent', person)
    return headersIn(server.to(person.email)[0]!.raw)
  }

  it('covers both fields of a one-click unsubscription, and what a reader sees', async () => {
    const person = notifications.peers.join()
    await notifications.service.publish(follows(notifications.peers.join({ fullName: 'Łukasz Żółw' }), person))
    const headers = await headersTo(person)
    const covered = [
      'from',
      'to',
      'subject',
      'date',
      'message-id',
      'list-id',
      'list-unsubscribe',
      'list-unsubscribe-post',
    ]
    expect(signedFields(headers)).toEqual(expect.arrayContaining(covered))
    for (const field of covered) expect(signedFields({ ...headers, [field]: 'another' })).toEqual([])
  })

  it('is on mails that cannot be turned off, too', async () => {
    const person = notifications.peers.join()
    const changedAt = '2026-01-31T12:00:00.000Z'
    await notifications.service.publish(identity.passwordChanged.of({ accountId: person.id, changedAt }))
    const fields = signedFields(await headersTo(person))
    expect(fields).toContain('subject')
    expect(fields.filter((field) => field.startsWith('list-'))).toEqual([])
  })
})
