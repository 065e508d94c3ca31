import { randomUUID } from 'node:crypto'
import { eventually } from '@mpics/testing'
import { NotificationsHarness } from './setup/notifications-harness.js'
import type { Person } from './setup/peers-harness.js'

describe('documents of other versions', () => {
  let notifications: NotificationsHarness
  beforeAll(async () => {
    notifications = await NotificationsHarness.open()
  })
  afterAll(() => notifications.close())

  const at = new Date('2026-01-31T12:00:00.000Z')
  const insert = (collection: string, document: { _id: string; [field: string]: unknown }) =>
    notifications.database.collection<{ _id: string }>(collection).insertOne({ ...document, version: 1 } as never)
  const emailOf = ({ id: accountId }: Person) => ({
    _id: randomUUID(),
    accountId,
    kind: 'follow',
    category: 'follows',
    cause: 'profiles.follow.started.v1',
    parameters: { actorId: randomUUID() },
    status: 'queued',
    reason: null,
    attempts: 1,
    createdAt: at,
    wantedAt: new Date(),
    dueAt: new Date(),
    lease: null,
  })

  it('a mail that was sent when the moment was stored as settledAt says when', async () => {
    const person = notifications.peers.join()
    await insert('emails', { ...emailOf(person), status: 'sent', settledAt: at })
    const { body } = await notifications.service.as(person.id).get('/v1/me/mails').expect(200)
    expect(body.items).toMatchObject([{ status: 'sent', sentAt: at.toISOString() }])
  })

  it.each([
    ['kind', { kind: 'photo-framed' }],
    ['category', { category: 'polls' }],
  ])('a mail of a %s that only a later version knows waits for a replica of that version', async (_, unknown) => {
    const person = notifications.peers.join()
    await insert('emails', { ...emailOf(person), ...unknown })
    const [email] = await eventually(async () => {
      const stored = await notifications.stored(person)
      return stored[0]?.['reason'] === 'kind-unknown' && stored
    })
    expect(email).toMatchObject({ status: 'queued', lease: null })
    expect(email!['dueAt'].getTime()).toBeGreaterThan(Date.now() - 60_000)
  })

  it('settings lack categories of today, and have choices and categories of tomorrow: the known ones are shown', async () => {
    const person = notifications.peers.join()
    await insert('settings', { _id: person.id, choices: { follows: 'monthly', polls: 'off', messages: 'off' } })
    const me = notifications.service.as(person.id)
    const { body } = await me.get('/v1/me/email-settings').expect(200)
    expect(body).toMatchObject({ follows: 'weekly', messages: 'off', comments: 'immediate', favourites: 'immediate' })
    expect(body).not.toHaveProperty('polls')
    await me.put('/v1/me/email-settings').send({ comments: 'off' }).expect(200)
    const settings = notifications.database.collection<{ _id: string; choices: object }>('settings')
    expect((await settings.findOne({ _id: person.id }))?.choices).toMatchObject({ follows: 'monthly', comments: 'off' })
  })
})
