import { randomUUID } from 'node:crypto'
import { identity } from '@mpics/contracts'
import type { Person } from './setup/peers-harness.js'
import { NotificationsHarness } from './setup/notifications-harness.js'

let notifications: NotificationsHarness
beforeAll(async () => {
  notifications = await NotificationsHarness.open()
})
afterAll(() => notifications.close())

const join = (given?: Partial<Person>) => notifications.peers.join(given)
const publish: NotificationsHarness['service']['publish'] = (event, options) =>
  notifications.service.publish(event, options)
const settingsOf = (person: Person) => notifications.service.as(person.id)
const choose = (person: Person, body: object) => settingsOf(person).put('/v1/me/email-settings').send(body)

describe('settings and the list of mails', () => {
  it('show the consents that identity tells, the latest winning, and say where to change them', async () => {
    const person = join()
    const consent = (granted: boolean) =>
      identity.consentChanged.of({
        accountId: person.id,
        purpose: 'email-news',
        granted,
        noticeVersion: '2015-03-14',
        receiptId: randomUUID(),
        changedAt: '2026-01-31T12:00:00.000Z',
      })
    await publish(consent(true), { sequence: 3 })
    await publish(consent(false), { sequence: 2 })
    await notifications.service.untilIdle()
    const { body } = await settingsOf(person).get('/v1/me/email-settings').expect(200)
    expect(body).toEqual({
      follows: 'immediate',
      messages: 'immediate',
      comments: 'immediate',
      favourites: 'immediate',
      system: 'locked',
      legal: 'locked',
      news: true,
      products: false,
      offers: false,
    })
    await choose(person, { news: false }).expect(409, /notifications.set-by-consent/)
    await choose(person, { ...body, follows: 'weekly' }).expect(200, { ...body, follows: 'weekly' })
  })

  it('refuse what they do not know, without a change', async () => {
    const person = join()
    await choose(person, { follows: 'sometimes' }).expect(422, /follows/)
    await choose(person, { follows: 'off', surprise: 1 }).expect(422, /surprise/)
    await choose(person, { follows: { $ne: 'off' } }).expect(422)
    await notifications.service.as().put('/v1/me/email-settings').send({ follows: 'off' }).expect(401)
    expect((await settingsOf(person).get('/v1/me/email-settings')).body.follows).toBe('immediate')
  })

  it('a choice that was made from what is shown no more is refused', async () => {
    const person = join()
    const { etag } = (await settingsOf(person).get('/v1/me/email-settings').expect(200)).headers as { etag: string }
    const put = () => choose(person, { comments: 'weekly' }).set('If-Match', etag)
    await put().expect(200)
    await put().expect(412, /precondition-failed/)
    await settingsOf(person).get('/v1/me/email-settings').set('If-None-Match', etag).expect(200)
  })

  it('two first choices at once are both kept', async () => {
    const person = join()
    const all = ['follows', 'messages', 'comments', 'favourites']
    await Promise.all(all.map((category) => choose(person, { [category]: 'off' }).expect(200)))
    expect((await settingsOf(person).get('/v1/me/email-settings')).body).toMatchObject(
      Object.fromEntries(all.map((category) => [category, 'off'])),
    )
  })

  it('each sees what was sent to them, newest first and page by page, and nobody else’s', async () => {
    const [person, other] = [join(), join()]
    for (let i = 0; i < 3; i++)
      await publish(identity.passwordResetRequested.of({ accountId: person.id, resetId: randomUUID() }))
    await notifications.untilOutcome('sent', person, 3)
    const first = (await settingsOf(person).get('/v1/me/mails?limit=2').expect(200)).body
    const second = (await settingsOf(person).get(`/v1/me/mails?limit=2&cursor=${first.nextCursor}`).expect(200)).body
    const seen = [...first.items, ...second.items]
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null])
    expect(new Set(seen.map((m: { id: string }) => m.id)).size).toBe(3)
    expect(seen[0]).toEqual({
      id: expect.any(String),
      kind: 'reset-password',
      category: 'system',
      status: 'sent',
      cause: 'identity.account.password-reset-requested.v1',
      reason: null,
      createdAt: expect.any(String),
      sentAt: expect.any(String),
      policyVersion: '2015-03-14',
    })
    expect((await settingsOf(other).get('/v1/me/mails')).body).toEqual({ items: [], nextCursor: null })
    await settingsOf(person)
      .get('/v1/me/mails?cursor=eyJ9')
      .expect(422, /cursor-invalid/)
  })
})
