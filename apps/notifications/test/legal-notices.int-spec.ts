import { randomUUID } from 'node:crypto'
import { identity } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { documentsWith, eraseAll, eventually, mails, untilMails } from '@mpics/testing'
import { Connection, PersonalData } from '@mpics/mongo'
import { headersOf } from './setup/headers.js'
import { NotificationsHarness } from './setup/notifications-harness.js'
import type { Person } from './setup/peers-harness.js'
import { ScriptedMailServer } from './setup/scripted-mail-server.js'

const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)
const published = (version: string, effectiveAt = inDays(30)) =>
  identity.policyPublished.of({ document: 'privacy', version, effectiveAt: effectiveAt.toISOString() })
const verified = ({ id }: Person, verifiedAt = new Date()) =>
  identity.emailVerified.of({ accountId: id, verifiedAt: verifiedAt.toISOString() })

describe('the notice of a published policy', () => {
  let notifications: NotificationsHarness
  beforeEach(async () => {
    notifications = await NotificationsHarness.open()
  })
  afterEach(() => notifications.close())

  const join = (given?: Partial<Person>) => notifications.peers.join(given)
  const campaigns = async () => {
    const { body } = await notifications.service
      .as({ accountId: randomUUID(), roles: ['member', 'policy'] })
      .get('/v1/admin/campaigns')
      .expect(200)
    return body.items as Record<string, unknown>[]
  }
  const untilFinished = (count: number) =>
    eventually(async () => {
      const all = await campaigns()
      return all.length === count && all.every(({ status }) => status === 'finished') && all
    })

  it('B26.1 reaches everybody with a verified address exactly once, also who turned everything off', async () => {
    const off = join({ locale: 'de', timeZone: 'America/New_York', consents: [] })
    const choices = { follows: 'off', messages: 'off', comments: 'off', favourites: 'off' }
    await notifications.service.as(off.id).put('/v1/me/email-settings').send(choices).expect(200)
    const failing = { _id: off.id, fingerprint: 'x', reason: 'smtp-550', since: new Date() }
    await notifications.database.collection<{ _id: string }>('failing-mailboxes').insertOne(failing)
    const others = Array.from({ length: 5 }, () => join())
    const unverified = join({ emailVerified: false })
    const event = published('v/2', new Date('2090-03-01T02:00:00Z'))
    await notifications.service.publish(event)
    await notifications.service.publish(event)
    await untilFinished(1)
    await notifications.service.publish(event)
    await notifications.service.publish(verified(off))
    for (const person of [off, ...others]) await notifications.untilOutcome('sent', person)
    await notifications.service.untilIdle()
    for (const person of [off, ...others]) expect(await mails(person.email)).toHaveLength(1)
    expect(await mails(unverified.email)).toEqual([])

    const [mail] = await untilMails(off.email)
    expect(mail!.subject).toBe('Eine neue Fassung: Datenschutzerklärung')
    expect(mail!.text).toContain('Sie gilt ab 28. Februar 2090 um 21:00 GMT-5. In Kürze:\n\nSagt <mehr> {{handle}}.')
    expect(mail!.html).toContain('Sagt &lt;mehr&gt; {{handle}}.')
    expect(mail!.text).toContain('https://pictures.example/policies/privacy?version=v%2F2&lang=de')
    expect(mail!.text).toContain('https://pictures.example/policies/privacy/changes?from=2015-03-14&to=v%2F2&lang=de')
    const headers = await headersOf(mail!)
    expect(headers['list-unsubscribe']).toBeUndefined()
    expect(mail!.text).not.toContain('/unsubscribe/')
    expect(await campaigns()).toEqual([
      expect.objectContaining({ category: 'legal', document: 'privacy', version: 'v/2', queued: 6 }),
    ])
  })

  it('reaches who proves an address until the version is in force, and nobody who accepted it', async () => {
    await notifications.service.publish(published('v2', inDays(1)))
    await untilFinished(1)
    const [before, after] = [join(), join()]
    await notifications.service.publish(verified(before))
    await notifications.service.publish(verified(before))
    await notifications.service.publish(verified(after, inDays(2)))
    await notifications.untilOutcome('sent', before)
    await notifications.service.untilIdle()
    expect([(await notifications.stored(before)).length, (await notifications.stored(after)).length]).toEqual([1, 0])
  })

  it('is not sent for the first documents of a site, nor for what has long been in force', async () => {
    const person = join()
    await notifications.service.publish(published('first', new Date('2015-03-14')))
    notifications.setClock(inDays(100))
    await notifications.service.publish(published('old', inDays(30)))
    await notifications.service.untilIdle()
    expect([await campaigns(), await notifications.stored(person)]).toEqual([[], []])
  })

  it('B53.1 does not go to an account that is erased while its mail waits', async () => {
    const [gone, stays] = [join(), join()]
    notifications.peers.services.answer(identity.legalNoticeRecipients, ({ query }) => ({
      accountIds: query.after ? [] : [gone.id, stays.id].sort(),
    }))
    notifications.peers.people.delete(gone.id)
    await notifications.service.publish(published('v2'))
    await notifications.untilOutcome('sent', stays)
    expect(await notifications.untilOutcome('suppressed', gone)).toMatchObject([{ reason: 'account-gone' }])
    expect(await mails(gone.email)).toEqual([])
  })

  it('keeps no id of an account that is erased while its list is gone through', async () => {
    const { service, peers, database } = notifications
    const [gone, stays] = [join(), join()].sort((a, b) => (a.id < b.id ? -1 : 1)) as [Person, Person]
    peers.services.answer(identity.legalNoticeRecipients, async ({ query }) => {
      if (query.after === undefined) return { accountIds: [gone.id] }
      if (query.after >= stays.id) return { accountIds: [] }
      await eraseAll(service.get(PersonalData), gone.id)
      peers.people.delete(gone.id)
      const [campaign] = await database.collection('campaigns').find().toArray()
      expect(campaign).toMatchObject({ after: expect.not.stringMatching(gone.id), queued: 1 })
      return { accountIds: [stays.id] }
    })
    await service.publish(published('v2'))
    await notifications.untilOutcome('sent', stays)
    await untilFinished(1)
    expect(await documentsWith(service.get<Connection>(Connection), [gone.id])).toEqual([])
    expect(await notifications.stored(stays)).toHaveLength(1)
  })

  it('is shown to staff alone', async () => {
    for (const roles of [['member'], ['member', 'support']])
      await notifications.service.as({ accountId: randomUUID(), roles }).get('/v1/admin/campaigns').expect(403)
  })
})

describe('mails while the mail server is slow or away', () => {
  let server: ScriptedMailServer
  let notifications: NotificationsHarness
  beforeEach(async () => {
    server = await ScriptedMailServer.listen()
    notifications = await NotificationsHarness.open((peers) => ({
      ...peers.environment(server.url),
      NOTIFICATIONS_CONCURRENCY: '2',
    }))
  })
  afterEach(async () => {
    await notifications.close()
    await server.close()
  })

  it('of a campaign let those pass for which somebody waits', async () => {
    const people = Array.from({ length: 400 }, () => notifications.peers.join())
    const somebody = people.at(-1)!
    await notifications.service.publish(published('v2'))
    await eventually(() => server.received.length > 0)
    const changedAt = new Date().toISOString()
    await notifications.service.publish(identity.passwordChanged.of({ accountId: somebody.id, changedAt }))
    const isNotice = ({ raw }: { raw: string }) => raw.includes('Your password')
    await eventually(() => server.to(somebody.email).some(isNotice))
    const place = server.received.findIndex(isNotice)
    await eventually(() => server.received.length === people.length + 1)
    expect(place).toBeLessThan(people.length / 2)
  })

  it('B64.1 say which policy was in force when they were sent, not when they were made', async () => {
    const person = notifications.peers.join()
    server.script.push({ refuse: 'MAIL', reply: '451 later' })
    const changedAt = new Date().toISOString()
    await notifications.service.publish(identity.passwordChanged.of({ accountId: person.id, changedAt }))
    await eventually(() => server.script.length === 0)
    notifications.peers.policyVersion = 'v2'
    await notifications.untilOutcome('sent', person)
    const { body } = await notifications.service.as(person.id).get('/v1/me/mails').expect(200)
    expect(body.items).toMatchObject([{ kind: 'password-changed', status: 'sent', policyVersion: 'v2' }])
  })
})
