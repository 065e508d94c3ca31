import { randomUUID } from 'node:crypto'
import { identity } from '@mpics/contracts'
import { HOUR_MS } from '@mpics/contracts/durations'
import { eventually, mails, untilMails } from '@mpics/testing'
import { WakeSignal } from '../src/emails/wake-signal.js'
import type { Person } from './setup/peers-harness.js'
import { NotificationsHarness } from './setup/notifications-harness.js'

describe('mails to an address that strangers enter', () => {
  let notifications: NotificationsHarness
  beforeAll(async () => {
    notifications = await NotificationsHarness.open()
  })
  afterEach(() => notifications.setClock(undefined))
  afterAll(() => notifications.close())

  const registered = (email: string) => notifications.peers.join({ email, emailVerified: false })
  const ask = ({ id }: Person) =>
    notifications.service.publish(identity.verificationRequested.of({ accountId: id, verificationId: randomUUID() }))
  const statesOf = async (people: readonly Person[]) =>
    (await Promise.all(people.map((p) => notifications.stored(p)))).flat()
  const waiting = async (people: readonly Person[]) =>
    (await statesOf(people)).filter(({ status, reason }) => status === 'queued' && reason === 'address-budget')
  const finished = async (people: readonly Person[]) =>
    (await statesOf(people)).filter(({ status }) => status !== 'queued')
  const pass = (ms: number) => {
    notifications.setClock(new Date(Date.now() + ms))
    notifications.service.get(WakeSignal).notify()
  }

  it('are three in an hour; the others wait, and one lists all accounts that waited', async () => {
    const email = `${randomUUID()}@people.example`
    const first = Array.from({ length: 3 }, () => registered(email))
    for (const person of first) await ask(person)
    await untilMails(email, 3)
    const late = Array.from({ length: 17 }, () => registered(email))
    for (const person of late) await ask(person)
    await eventually(async () => (await waiting(late)).length === 17)
    expect(await mails(email)).toHaveLength(3)
    pass(HOUR_MS)
    const fourth = (await untilMails(email, 4))[3]
    for (const { handle } of late) expect(fourth?.text).toContain(`@${handle}`)
    pass(2 * HOUR_MS + 60_000)
    await eventually(async () => (await finished(late)).length === 17)
    const outcomes = (await statesOf(late)).map(({ status }) => status as string)
    expect(new Set(outcomes)).toEqual(new Set(['sent', 'gathered']))
    expect((await mails(email)).length).toBeLessThanOrEqual(6)
  })

  it('count for the address, however it is written, and not for others; a password reset comes all the same', async () => {
    const name = randomUUID()
    const strangers = ['example', 'EXAMPLE', 'Example'].map((end) => registered(`${name}@people.${end}`))
    for (const stranger of strangers) await ask(stranger)
    const owner = registered(`${name}@people.example`)
    await eventually(async () => (await finished(strangers)).length === 3)
    await ask(owner)
    await eventually(async () => (await waiting([owner])).length === 1)
    const other = registered(`${randomUUID()}@people.example`)
    await ask(other)
    await untilMails(other.email)
    owner.emailVerified = true
    const reset = identity.passwordResetRequested.of({ accountId: owner.id, resetId: randomUUID() })
    await notifications.service.publish(reset)
    await eventually(async () =>
      (await mails(owner.email)).some(({ text }) => text?.includes('/reset-password?token=')),
    )
  })
})
