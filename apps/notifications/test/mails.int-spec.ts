import { randomUUID } from 'node:crypto'
import { identity, media } from '@mpics/contracts'
import { eventually, mails, untilMails } from '@mpics/testing'
import { follows, type Person } from './setup/peers-harness.js'
import { headersOf } from './setup/headers.js'
import { NotificationsHarness } from './setup/notifications-harness.js'

let notifications: NotificationsHarness
let follower: Person
beforeAll(async () => {
  notifications = await NotificationsHarness.open()
  follower = notifications.peers.join({ fullName: 'Dorothea Lange' })
})
afterAll(() => notifications.close())

const join = (given?: Partial<Person>) => notifications.peers.join(given)
const publish: NotificationsHarness['service']['publish'] = (event, options) =>
  notifications.service.publish(event, options)
const verificationOf = ({ id }: Person) =>
  identity.verificationRequested.of({ accountId: id, verificationId: randomUUID() })
const onlyMailTo = async ({ email }: Person) => (await untilMails(email))[0]!
const settingsOf = (person: Person) => notifications.service.as(person.id)
const choose = (person: Person, body: object) => settingsOf(person).put('/v1/me/email-settings').send(body)

describe('system mails', () => {
  it('a verification mail names its account and has its link, in the language of the account', async () => {
    const person = join({ emailVerified: false, locale: 'de' })
    await publish(verificationOf(person))
    const mail = await onlyMailTo(person)
    expect(mail.subject).toBe('Bitte bestätige deine Adresse')
    expect(mail.text).toContain(`Das Konto @${person.handle} wurde am 31. Januar 2026 um 12:00 UTC`)
    const link = `https://pictures.example/verify-email?token=token-of-${person.id}&lang=de`
    expect(mail.text).toContain(link)
    expect(mail.html).toContain(`href="${link.replace('&', '&amp;')}"`)
    expect(mail.from).toEqual([{ name: 'Million Pictures', address: 'hello@pictures.example' }])
    expect(await headersOf(mail)).toMatchObject({
      'auto-submitted': 'auto-generated',
      'x-auto-response-suppress': 'All',
      'content-language': 'de',
    })
  })

  it('a verification mail lists all accounts of the address by handle and time, each with its own link', async () => {
    const one = join({ emailVerified: false })
    const two = join({ emailVerified: false, email: one.email })
    await publish(verificationOf(two))
    const mail = await onlyMailTo(two)
    expect(mail.subject).toBe('Please confirm your address')
    for (const { id, handle } of [one, two]) {
      const link = `https://pictures.example/verify-email?token=token-of-${id}`
      expect(mail.text).toContain(`- @${handle}, registered on 31 January 2026 at 12:00 UTC\n  ${link}`)
      expect(mail.html).toContain(`href="${link}"`)
    }
  })

  it('an address that another account has verified is told so, with the accounts and without a link', async () => {
    const { email } = join()
    const person = join({ emailVerified: false, email })
    await publish(verificationOf(person))
    const mail = await onlyMailTo(person)
    expect(mail.subject).toBe('You already have an account')
    expect(mail.text).toContain(`- @${person.handle}, registered on`)
    expect(`${mail.text}${mail.html}`).not.toMatch(/token|verify-email/)
  })

  it('an account whose address is not verified gets no other mail, though it were a system mail', async () => {
    const person = join({ emailVerified: false })
    for (let i = 0; i < 3; i++)
      await publish(identity.sessionOpened.of({ accountId: person.id, sessionId: randomUUID(), newDevice: true }))
    await publish(identity.passwordChanged.of({ accountId: person.id, changedAt: '2026-01-31T12:00:00.000Z' }))
    await publish(identity.passwordResetRequested.of({ accountId: person.id, resetId: randomUUID() }))
    const told = await notifications.untilOutcome('suppressed', person, 5)
    expect(new Set(told.map(({ reason }) => reason))).toEqual(new Set(['address-unverified']))
    expect(await mails(person.email)).toEqual([])
  })

  it('B25.1 B25.2 B25.3 a reset mail comes with everything off, and with no way to unsubscribe', async () => {
    const person = join()
    await choose(person, { follows: 'off', messages: 'off', comments: 'off', favourites: 'off' }).expect(200)
    await choose(person, { system: 'off' }).expect(409, /notifications.category-locked/)
    await publish(identity.passwordResetRequested.of({ accountId: person.id, resetId: randomUUID() }))
    const mail = await onlyMailTo(person)
    expect(mail.text).toContain('/reset-password?token=')
    expect(Object.keys(await headersOf(mail)).filter((name) => name.startsWith('list-'))).toEqual([])
    expect(`${mail.text}${mail.html}`).not.toContain('unsubscribe')
  })

  it.each(['en', 'de'] as const)(
    'another address is confirmed in the new mailbox and frozen from the present one (%s)',
    async (locale) => {
      const person = join({ locale })
      person.newEmail = `new-${person.email}`
      await publish(identity.emailChangeRequested.of({ accountId: person.id, changeId: randomUUID() }))
      const [present, next] = [(await untilMails(person.email))[0]!, (await untilMails(person.newEmail))[0]!]
      expect(present.text).toContain('https://pictures.example/freeze-email?token=token-of-freeze-email-')
      expect(next.text).toContain('https://pictures.example/confirm-email?token=token-of-confirm-email-')
      expect(`${present.text}`).not.toMatch(/confirm-email|new-/)
      expect(next.text).not.toContain('freeze-email')
      for (const mail of [present, next]) {
        expect(mail.text).toContain(`@${person.handle}`)
        expect(await headersOf(mail)).toMatchObject({ 'content-language': locale })
        expect(mail.html).not.toMatch(/\{\{|\[\[/)
      }
    },
  )

  it.each([
    ['en', 'Somebody with your password tried to log in', '31 January 2026 at 12:00 UTC'],
    ['de', 'Jemand mit deinem Passwort wollte sich anmelden', '31. Januar 2026 um 12:00 UTC'],
  ] as const)('guesses at a second factor are told with a way to a new password (%s)', async (locale, subject, at) => {
    const person = join({ locale })
    await choose(person, { follows: 'off', messages: 'off', comments: 'off', favourites: 'off' }).expect(200)
    await publish(identity.factorsGuessed.of({ accountId: person.id, guessedAt: '2026-01-31T12:00:00.000Z' }))
    const mail = await onlyMailTo(person)
    expect([mail.subject, mail.text]).toEqual([subject, expect.stringContaining(at)])
    expect(mail.text).toContain('https://pictures.example/reset-password')
  })

  it('a link that is over is not sent, and the fact says so', async () => {
    const person = join()
    const resetId = randomUUID()
    notifications.peers.expired.add(resetId)
    await publish(identity.passwordResetRequested.of({ accountId: person.id, resetId }))
    expect(await notifications.untilOutcome('suppressed', person)).toMatchObject([{ reason: 'link-expired' }])
    expect(await mails(person.email)).toEqual([])
  })

  it('a changed password, a new device and a rejected photo are told; a known device is not', async () => {
    const person = join()
    const opened = (newDevice: boolean) =>
      identity.sessionOpened.of({ accountId: person.id, sessionId: randomUUID(), newDevice })
    await publish(opened(false))
    await publish(opened(true))
    await publish(identity.passwordChanged.of({ accountId: person.id, changedAt: '2026-01-31T12:00:00.000Z' }))
    await publish(media.photoRejected.of({ photoId: randomUUID(), ownerId: person.id, reason: 'damaged' }))
    const sent = await untilMails(person.email, 3)
    await notifications.service.untilIdle()
    expect(sent.map(({ subject }) => subject).sort()).toEqual([
      'A log-in from a new device',
      'One of your photos could not be shown',
      'Your password was changed',
    ])
    expect(sent.map(({ text }) => text).join()).toMatch(/31 January 2026 at 12:00 UTC/)
    expect(sent.map(({ text }) => text).join()).toMatch(/damaged or incomplete/)
    expect(await mails(person.email)).toHaveLength(3)
  })

  it('nothing is sent to an account that identity no longer knows, although the mail was queued before', async () => {
    const person = join()
    notifications.peers.services.setDown(true)
    await publish(identity.passwordChanged.of({ accountId: person.id, changedAt: '2026-01-31T12:00:00.000Z' }))
    await eventually(async () => (await notifications.stored(person))[0]?.['reason'] === 'peer-unavailable')
    notifications.peers.people.delete(person.id)
    notifications.peers.services.setDown(false)
    expect(await notifications.untilOutcome('suppressed', person)).toMatchObject([{ reason: 'account-gone' }])
    expect(await mails(person.email)).toEqual([])
  })

  it('tell the time where the person lives', async () => {
    const person = join({ timeZone: 'America/New_York' })
    await publish(identity.passwordChanged.of({ accountId: person.id, changedAt: '2026-01-31T12:00:00.000Z' }))
    expect((await onlyMailTo(person)).text).toContain('31 January 2026 at 07:00 GMT-5')
  })

  it('go to addresses beyond ASCII', async () => {
    const [name, domain] = [join(), join()]
    name.email = `büg-${name.handle}@people.example`
    domain.email = `${domain.handle}@müller.example`
    for (const { id } of [name, domain])
      await publish(identity.passwordChanged.of({ accountId: id, changedAt: '2026-01-31T12:00:00.000Z' }))
    expect(await untilMails(name.email)).toHaveLength(1)
    expect(await untilMails(domain.email)).toHaveLength(1)
  })
})

describe('mails about followers', () => {
  it('one mail tells who follows, as the recipient may see it, and how to turn such mails off', async () => {
    const person = join()
    await publish(follows(follower, person))
    const mail = await onlyMailTo(person)
    expect(mail.subject).toBe(`Dorothea Lange (@${follower.handle}) follows you`)
    expect(mail.text).toContain(`https://pictures.example/@${follower.handle}`)
    const headers = await headersOf(mail)
    const [url] = /https:\S+/.exec(headers['list-unsubscribe']!)!
    expect(headers['list-unsubscribe']).toMatch(/^<https:\/\/pictures\.example\/v1\/unsubscribe\/[\w-]+>$/)
    expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
    expect(headers['list-id']).toBe('<follows.pictures.example>')
    expect(headers['subject']).toMatch(/^=\?UTF-8\?Q\?/)
    expect(mail.text).toContain(url.slice(0, -1).replace('/v1/', '/'))
    expect(await notifications.untilOutcome('sent', person)).toMatchObject([
      { category: 'follows', reason: 'profiles.follow.started.v1' },
    ])
  })

  it.each([
    '=?UTF-8?Q?hello?=',
    '=?utf-8?Q?Win_at_https=3A=2F=2Fevil=2Eexample?=',
    '=?utf-8?B?4oCuZ25wLmV4ZQ==?=',
    '=?utf-8?Q?a=0D=0ABcc=3A_x?=',
    '=?utf-8?B?TWlsbGlvbiBQaWN0dXJlcyBTZWN1cml0eQ==?=',
    'Ånna =?utf-8?Q?=E2=80=AE?= 👩‍👩‍👧',
  ])('an encoded word that a person typed as a name stays text: %s', async (fullName) => {
    const [person, typist] = [join(), join({ fullName })]
    await publish(follows(typist, person))
    const mail = await onlyMailTo(person)
    const { subject } = await headersOf(mail)
    expect(mail.subject).toBe(`${fullName} (@${typist.handle}) follows you`)
    expect(subject).toMatch(/^(=\?UTF-8\?[QB]\?[^?\s]+\?=( |$))+/)
    expect(subject).not.toContain(fullName)
    expect(mail.text).toContain(fullName)
  })

  it('the same event, delivered five times, makes one mail', async () => {
    const person = join()
    const id = randomUUID()
    await Promise.all([1, 2, 3].map(() => publish(follows(follower, person), { id })))
    await untilMails(person.email)
    for (const _ of [4, 5]) await publish(follows(follower, person), { id })
    await notifications.service.untilIdle()
    expect(await mails(person.email)).toHaveLength(1)
    expect(await notifications.untilOutcome('sent', person)).toHaveLength(1)
  })

  it('B19.1 B19.2 switched off between queueing and sending: not sent, and the fact says why', async () => {
    const person = join()
    notifications.peers.services.setDown(true)
    await publish(follows(follower, person))
    await eventually(async () => (await notifications.stored(person))[0]?.['reason'] === 'peer-unavailable')
    await choose(person, { follows: 'off' }).expect(200)
    notifications.peers.services.setDown(false)
    expect(await notifications.untilOutcome('suppressed', person)).toMatchObject([{ reason: 'setting-off' }])
    expect(await mails(person.email)).toEqual([])
    expect((await settingsOf(person).get('/v1/me/mails')).body.items).toMatchObject([
      { kind: 'follow', status: 'suppressed', reason: 'setting-off', sentAt: null },
    ])
  })

  it('are for verified addresses only, and not about somebody who is hidden or gone', async () => {
    const [unverified, person] = [join({ emailVerified: false }), join()]
    await publish(follows(follower, unverified))
    await publish(follows({ id: randomUUID() } as Person, person))
    expect(await notifications.untilOutcome('suppressed', unverified)).toMatchObject([{ reason: 'address-unverified' }])
    expect(await notifications.untilOutcome('suppressed', person)).toMatchObject([{ reason: 'follower-gone' }])
  })

  it('who follows, unfollows and follows again is told of three times a day at most', async () => {
    const person = join()
    for (let i = 0; i < 5; i++) await publish(follows(follower, person))
    expect(await notifications.untilOutcome('suppressed', person, 2)).toMatchObject([
      { reason: 'repeated' },
      { reason: 'repeated' },
    ])
    expect(await untilMails(person.email, 3)).toHaveLength(3)
  })

  it('B21 no address, name, link or text is kept with a mail, or told in a fact', async () => {
    const person = join({ fullName: 'Ansel Adams' })
    await publish(follows(follower, person))
    await publish(identity.passwordResetRequested.of({ accountId: person.id, resetId: randomUUID() }))
    await notifications.untilOutcome('sent', person, 2)
    const kept = JSON.stringify(await notifications.stored(person))
    const told = JSON.stringify(await notifications.service.records('notifications.email'))
    for (const secret of [person.email, person.handle, 'Ansel', 'Dorothea', 'token-of', 'people.example'])
      expect(`${kept}${told}`).not.toContain(secret)
  })
})

describe('digests', () => {
  afterEach(() => notifications.setClock(undefined))
  const tomorrow = () => new Date(Date.now() + 86_400_000)

  it('gather the followers of a day into one mail, by the names of the moment it is sent', async () => {
    const person = join()
    const [second, third] = [join({ fullName: 'Gordon Parks' }), join({ fullName: 'Vivian Maier' })]
    await choose(person, { follows: 'daily' }).expect(200)
    for (const one of [follower, second, second, third]) await publish(follows(one, person))
    await eventually(
      async () => (await notifications.stored(person)).filter((m) => m['status'] === 'gathered').length === 4,
    )
    expect(await mails(person.email)).toEqual([])
    notifications.peers.people.delete(third.id)
    notifications.setClock(tomorrow())
    const mail = await onlyMailTo(person)
    expect(mail.subject).toBe('You have 2 new followers')
    expect(mail.text).toContain(`Gordon Parks (@${second.handle})`)
    expect(mail.text).not.toContain('Vivian')
    expect((await headersOf(mail))['list-unsubscribe']).toBeDefined()
    expect(await notifications.untilOutcome('sent', person)).toHaveLength(1)
  })

  it('are not sent when they were turned off meanwhile', async () => {
    const person = join()
    await choose(person, { follows: 'weekly' }).expect(200)
    await publish(follows(follower, person))
    await eventually(async () => (await notifications.stored(person)).length === 2)
    await choose(person, { follows: 'off' }).expect(200)
    notifications.setClock(new Date(Date.now() + 8 * 86_400_000))
    expect(await notifications.untilOutcome('suppressed', person)).toMatchObject([{ reason: 'setting-off' }])
    expect(await mails(person.email)).toEqual([])
  })
})
