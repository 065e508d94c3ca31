import { randomUUID } from 'node:crypto'
import { identity } from '@mpics/contracts'
import { rebuilt } from '@mpics/testing'
import type { Person } from './setup/peers-harness.js'
import { NotificationsHarness } from './setup/notifications-harness.js'

describe('the projection of consents, from the compacted topic', () => {
  let notifications: NotificationsHarness
  beforeAll(async () => {
    notifications = await NotificationsHarness.open()
  })
  afterAll(() => notifications.close())

  const say = ({ id }: Person, granted: boolean, sequence: number) =>
    notifications.service.publish(
      identity.consentChanged.of({
        accountId: id,
        purpose: 'email-news',
        granted,
        noticeVersion: '2015-03-14',
        receiptId: randomUUID(),
        changedAt: '2026-01-31T12:00:00.000Z',
      }),
      { sequence },
    )
  const keyOf = ({ id }: Person) => `${id}:email-news`
  const projection = () => notifications.database.collection<{ _id: string } & Record<string, unknown>>('consents')
  const kept = async () =>
    Object.fromEntries((await projection().find().toArray()).map(({ _id, ...rest }) => [_id, rest]))

  it('what was wrecked is right again, and what identity erased is gone', async () => {
    const [given, withdrawn, missing, erased] = Array.from({ length: 4 }, () => notifications.peers.join()) as [
      Person,
      Person,
      Person,
      Person,
    ]
    for (const person of [given, withdrawn, missing, erased]) await say(person, true, 1)
    await say(withdrawn, false, 2)
    await notifications.service.publishRecords('identity.consent', [{ key: keyOf(erased), value: null }])
    await notifications.service.untilIdle()
    // shows a consent that was withdrawn, under a sequence that no later event would reach
    await projection().updateOne({ _id: keyOf(withdrawn) }, { $set: { granted: true, sequence: 99 } })
    await projection().deleteOne({ _id: keyOf(missing) })
    await projection().insertOne({ _id: 'nobody:email-news', granted: true, sequence: 1 })

    const outcome = await rebuilt(notifications.service, 'consents')
    expect(outcome).toMatchObject({ state: 'done', added: 1, mended: 1, removed: 2 })
    expect(await kept()).toEqual({
      [keyOf(given)]: { granted: true, sequence: 1 },
      [keyOf(withdrawn)]: { granted: false, sequence: 2 },
      [keyOf(missing)]: { granted: true, sequence: 1 },
    })
  })
})
