import { randomUUID } from 'node:crypto'
import { HOUR_MS } from '@mpics/contracts/durations'
import { eventually, mails } from '@mpics/testing'
import type { EmailCategory } from '../src/mail-definition/define-mail.js'
import { queue } from '../src/emails/email.js'
import { EmailRepository } from '../src/emails/email.repository.js'
import { WakeSignal } from '../src/emails/wake-signal.js'
import { UnsubscribeTokens } from '../src/unsubscribe/unsubscribe-tokens.js'
import { NotificationsHarness } from './setup/notifications-harness.js'
import type { Person } from './setup/peers-harness.js'

const HISTORIES = 200
const ROUNDS = 4
const campaign = {
  ...{ kind: 'policy-changed', cause: 'identity.policy.published.v1' },
  parameters: { detail: 'privacy', version: '2026-01-01', at: '2026-01-01T00:00:00.000Z' },
}

type Step = 'gives' | 'withdraws' | 'unsubscribes' | 'nothing'
const STEPS: readonly Step[] = ['gives', 'withdraws', 'gives', 'unsubscribes', 'nothing']

describe('mails that need a consent', () => {
  let notifications: NotificationsHarness
  beforeAll(async () => {
    notifications = await NotificationsHarness.open()
  })
  afterAll(() => notifications.close())

  /** Queued before the person decides anew, and sent after it. */
  const waiting = ({ id }: Person, category: EmailCategory) => {
    const wantedAt = new Date(Date.now() + HOUR_MS)
    const mail = { id: randomUUID(), accountId: id, ...campaign, wantedAt }
    const { state, ...queued } = queue(mail, new Date())
    return { ...queued, state: { ...state, category } }
  }

  async function take(step: Step, person: Person): Promise<void> {
    if (step === 'gives') {
      person.consents = ['email-news']
      person.consentsGivenAt = { 'email-news': new Date(Date.now() + 1).toISOString() }
    } else if (step === 'withdraws') person.consents = []
    else if (step === 'unsubscribes') {
      const token = notifications.service.get(UnsubscribeTokens).tokenFor(person.id, 'news')
      await notifications.service.as().post(`/v1/unsubscribe/${token}`).expect(200)
    }
  }

  async function untilFinished(): Promise<void> {
    const stored = notifications.database.collection('emails')
    await stored.updateMany({ status: 'queued' }, { $set: { dueAt: new Date() } })
    notifications.service.get(WakeSignal).notify()
    await eventually(async () => (await stored.countDocuments({ status: 'queued' })) === 0)
  }

  it('B23.1 200 histories: none leaves after its consent was withdrawn, by either way, though it was queued before', async () => {
    const people = Array.from({ length: HISTORIES }, () => notifications.peers.join())
    const given = new Map(people.map((person) => [person, false]))
    const wanted = new Map(people.map((person) => [person, 0]))
    for (let round = 0; round < ROUNDS; round++) {
      const queued = people.flatMap((person) => [waiting(person, 'news'), waiting(person, 'offers')])
      await notifications.service.get(EmailRepository).insertMany(queued)
      for (const [i, person] of people.entries()) {
        const step = STEPS[Math.floor(i / STEPS.length ** round) % STEPS.length]!
        await take(step, person)
        if (step !== 'nothing') given.set(person, step === 'gives')
        if (given.get(person)) wanted.set(person, wanted.get(person)! + 1)
      }
      await untilFinished()
    }
    const came = await Promise.all(people.map(async ({ email }) => (await mails(email)).length))
    expect(came).toEqual([...wanted.values()])
    expect(new Set(came)).toEqual(new Set([0, 1, 2, 3, 4]))
  })
})
