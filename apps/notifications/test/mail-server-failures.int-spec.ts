import { randomUUID } from 'node:crypto'
import { decide, identity } from '@mpics/contracts'
import { eventually } from '@mpics/testing'
import { DueEmailRepository } from '../src/emails/due-email.repository.js'
import { queue } from '../src/emails/email.js'
import { EmailRepository } from '../src/emails/email.repository.js'
import { follows, type Person } from './setup/peers-harness.js'
import { headersIn } from './setup/headers.js'
import { NotificationsHarness } from './setup/notifications-harness.js'
import { type Behaviour, ScriptedMailServer } from './setup/scripted-mail-server.js'

let server: ScriptedMailServer
let notifications: NotificationsHarness
let follower: Person
beforeAll(async () => {
  server = await ScriptedMailServer.listen()
  notifications = await NotificationsHarness.open((peers) => ({
    ...peers.environment(server.url),
    NOTIFICATIONS_LEASE_MS: '2000',
  }))
  follower = notifications.peers.join({ fullName: 'Dorothea Lange' })
})
afterAll(async () => {
  await notifications.close()
  await server.close()
})

const join = (given?: Partial<Person>) => notifications.peers.join(given)
const changed = (person: Person) =>
  notifications.service.publish(
    identity.passwordChanged.of({ accountId: person.id, changedAt: '2026-01-31T12:00:00.000Z' }),
  )
const follow = (person: Person) => notifications.service.publish(follows(follower, person))
const received = (person: Person) => server.to(person.email)
const onlyStored = async (person: Person) => (await notifications.stored(person))[0]

describe('a mail server that fails for the moment', () => {
  it.each<[string, Behaviour, string]>([
    ['refuses the recipient for now', { refuse: 'RCPT', reply: '450 4.2.0 greylisted' }, 'smtp-450'],
    ['refuses the content for now', { refuse: 'DATA', reply: '451 4.3.0 try again' }, 'smtp-451'],
    ['refuses our sender address', { refuse: 'MAIL', reply: '550 5.7.1 who are you' }, 'smtp-550'],
  ])('%s: the mail comes later, once', async (_, behaviour, reason) => {
    const person = join()
    server.script.push(behaviour)
    await changed(person)
    await eventually(async () => (await onlyStored(person))?.['reason'] === reason)
    expect(await notifications.untilOutcome('sent', person)).toHaveLength(1)
    expect(received(person)).toHaveLength(1)
  })

  it.each<[string, Behaviour]>([
    ['hangs after the content', 'hang'],
    ['takes the mail and dies before it says so', 'drop'],
  ])('%s: the mail comes again, with the same Message-ID', async (_, behaviour) => {
    const person = join()
    server.script.push(behaviour)
    await changed(person)
    expect(await notifications.untilOutcome('sent', person)).toHaveLength(1)
    const [first, second, ...more] = received(person)
    expect(second?.messageId).toBe(first?.messageId)
    expect(first?.messageId).toMatch(/^<[\da-f-]{36}@pictures\.example>$/)
    expect(more).toEqual([])
  })
})

describe('a mail server that refuses for good', () => {
  it('an address: bounced at once; then system mails only, until one gets through', async () => {
    const person = join()
    server.script.push({ refuse: 'RCPT', reply: '550 5.1.1 no such user' })
    await changed(person)
    expect(await notifications.untilOutcome('bounced', person)).toMatchObject([{ reason: 'smtp-550' }])
    await follow(person)
    expect(await notifications.untilOutcome('suppressed', person)).toMatchObject([{ reason: 'address-failing' }])
    expect(received(person)).toEqual([])
    expect((await notifications.service.as(person.id).get('/v1/me/mails')).body.items).toMatchObject([
      { status: 'suppressed' },
      { status: 'bounced', reason: 'smtp-550' },
    ])
    await changed(person)
    await notifications.untilOutcome('sent', person)
    await follow(person)
    await notifications.untilOutcome('sent', person, 2)
  })

  it('an address that was replaced since is not failing', async () => {
    const person = join()
    server.script.push({ refuse: 'RCPT', reply: '550 5.1.1 no such user' })
    await changed(person)
    await notifications.untilOutcome('bounced', person)
    expect(JSON.stringify(await notifications.database.collection('failing-mailboxes').find().toArray())).not.toContain(
      '@',
    )
    person.email = `new-${person.email}`
    await follow(person)
    await notifications.untilOutcome('sent', person)
    expect(received(person)).toHaveLength(1)
  })

  it('the content of a mail: bounced, and nothing is held against the address', async () => {
    const person = join()
    server.script.push({ refuse: 'DATA', reply: '554 5.6.0 no' })
    await changed(person)
    await notifications.untilOutcome('bounced', person)
    await follow(person)
    await notifications.untilOutcome('sent', person)
  })
})

describe('others that fail', () => {
  it('identity is away: the mail waits and comes when it is back', async () => {
    const person = join()
    notifications.peers.services.setDown(true)
    await changed(person)
    await eventually(async () => ((await onlyStored(person))?.['attempts'] ?? 0) >= 2)
    expect(await onlyStored(person)).toMatchObject({ status: 'queued', reason: 'peer-unavailable' })
    notifications.peers.services.setDown(false)
    await notifications.untilOutcome('sent', person)
    expect(received(person)).toHaveLength(1)
  })

  it('a replica that died while it held a mail: another one takes it when the lease has ended, not before', async () => {
    const person = join()
    const cause = { id: randomUUID(), accountId: person.id, cause: 'identity.account.password-changed.v1' }
    const { state } = queue({ ...cause, kind: 'password-changed', parameters: {} }, new Date())
    const until = new Date(Date.now() + 2_500)
    await notifications.service
      .get(EmailRepository)
      .insert(decide({ ...state, lease: { holder: 'a dead one', until } }))
    await notifications.untilOutcome('sent', person)
    expect(received(person)).toHaveLength(1)
    expect(received(person)[0]!.at).toBeGreaterThanOrEqual(until.getTime())
  })
})

describe('several replicas', () => {
  it('never hold the same mail, however many reach for it at once', async () => {
    const person = join()
    const later = new Date(Date.now() + 86_400_000)
    const emails = notifications.service.get(EmailRepository)
    for (let i = 0; i < 40; i++) {
      const mail = { id: randomUUID(), accountId: person.id, kind: 'follow', cause: 'test', parameters: {} } as const
      await emails.insert(queue({ ...mail, wantedAt: later }, new Date()))
    }
    const due = notifications.service.get(DueEmailRepository)
    const taken = await Promise.all(Array.from({ length: 8 }, () => due.take('prompt', later, 10)))
    const ids = taken.flatMap((one) => one.emails.map(({ id }) => id))
    expect(ids.length).toBeGreaterThan(0)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('injection', () => {
  it('no address can name another recipient, header or command: what is not one plain address is not written to', async () => {
    const forms = (at: string) => [
      `a@x.example\r\nRCPT TO:<${at}>`,
      `a@x.example\nBcc: ${at}`,
      `a@x.example,${at}`,
      `a@x.example; ${at}`,
      `a@x.example> SIZE=1\r\nRCPT TO:<${at}`,
      `<${at}>`,
      `Name <${at}>`,
      `"${at}"@x.example`,
      `a@x.example (${at})`,
      `a@x.example\u0000${at}`,
      `undisclosed: a@x.example, ${at};`,
    ]
    const victim = `victim-${randomUUID()}@people.example`
    const people = forms(victim).map((email) => join({ email }))
    const before = server.received.length
    for (const person of people) await changed(person)
    for (const person of people)
      expect(await notifications.untilOutcome('bounced', person)).toMatchObject([{ reason: 'address-unusable' }])
    expect(server.received.slice(before)).toEqual([])
  })

  it('no name can add a header, a recipient or markup', async () => {
    const evil = 'Eve\r\nBcc: victim@people.example\r\n\r\n<script>alert(1)</script>'
    for (const fullName of [
      evil,
      evil.replaceAll('\r\n', '\n'),
      evil.replaceAll('@', ' at '),
      '=?utf-8?q?Eve=0D=0ABcc?=',
    ]) {
      const person = join()
      await notifications.service.publish(follows(join({ fullName }), person))
      await notifications.untilOutcome('sent', person)
      const [mail] = received(person)
      expect(mail?.to).toEqual([person.email])
      expect(Object.keys(headersIn(mail!.raw)).sort()).toEqual(HEADERS)
      expect(mail?.raw).not.toContain('<script')
    }
  })
})

const HEADERS = [
  'auto-submitted',
  'content-language',
  'content-type',
  'date',
  'from',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'x-auto-response-suppress',
]
