import { randomUUID } from 'node:crypto'
import { identity, notifications as contracts } from '@mpics/contracts'
import { judge } from '../src/delivery/judge-email.js'
import { Recipients } from '../src/delivery/recipients.js'
import { UnsubscribeTokens } from '../src/unsubscribe/unsubscribe-tokens.js'
import { NotificationsHarness } from './setup/notifications-harness.js'
import type { Person } from './setup/peers-harness.js'

describe('the link in a mail that came by consent', () => {
  let notifications: NotificationsHarness
  beforeAll(async () => {
    notifications = await NotificationsHarness.open()
  })
  afterAll(() => notifications.close())

  const givenAt = (at: Date) => ({ 'email-news': at.toISOString(), 'email-offers': at.toISOString() })
  const consented = (at = new Date()) =>
    notifications.peers.join({ consents: ['email-news', 'email-offers'], consentsGivenAt: givenAt(at) })
  const path = ({ id }: Person) =>
    `/v1/unsubscribe/${notifications.service.get(UnsubscribeTokens).tokenFor(id, 'news')}`
  const verdict = async ({ id }: Person, category: string) =>
    judge({ category, kind: 'campaign' } as never, (await recipientOf(id))!)
  const recipientOf = (accountId: string) => notifications.service.get(Recipients).find(accountId)
  const changed = (person: Person, purpose: string, granted: boolean, sequence: number, at = new Date()) =>
    notifications.service.publish(
      identity.consentChanged.of({
        ...{ accountId: person.id, purpose, granted, noticeVersion: '2015-03-14', receiptId: randomUUID() },
        changedAt: at.toISOString(),
      }),
      { sequence },
    )
  const shown = async (person: Person) => {
    await notifications.service.untilIdle()
    const { body } = await notifications.service.as(person.id).get('/v1/me/email-settings').expect(200)
    return [body.news, body.products, body.offers]
  }

  it('B23.1 stops these mails at once and no others, though identity has heard of nothing', async () => {
    const person = consented()
    for (const purpose of ['email-news', 'email-offers']) await changed(person, purpose, true, 1)
    expect(await shown(person)).toEqual([true, false, true])
    await notifications.service.as().get(path(person)).expect(200, { category: 'news', choice: 'immediate' })
    expect(await verdict(person, 'news')).toEqual({ send: true })
    await notifications.service.as().post(path(person)).expect(200, { category: 'news', choice: 'off' })
    expect(await verdict(person, 'news')).toEqual({ suppress: 'no-consent' })
    expect(await verdict(person, 'offers')).toEqual({ send: true })
    expect(await shown(person)).toEqual([false, false, true])
    await notifications.service.as().get(path(person)).expect(200, { category: 'news', choice: 'off' })
    const told = await notifications.service.events(contracts.unsubscribeRequested)
    expect(told.filter(({ data }) => data.accountId === person.id).map(({ data }) => data.purpose)).toEqual([
      'email-news',
    ])
  })

  it('yields to a consent that is given after it, and to none from before', async () => {
    const person = consented(new Date(0))
    await notifications.service.as().post(path(person)).expect(200)
    await changed(person, 'email-news', true, 1, new Date(0))
    expect(await shown(person)).toEqual([false, false, false])
    await changed(person, 'email-news', true, 3, new Date(Date.now() + 1_000))
    expect(await shown(person)).toEqual([true, false, false])
    expect(await verdict(person, 'news')).toEqual({ send: true })
  })
})
