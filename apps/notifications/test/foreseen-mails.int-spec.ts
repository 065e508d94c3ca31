import { randomUUID } from 'node:crypto'
import { identity } from '@mpics/contracts'
import { ErasedIds } from '@mpics/eventing'
import { eventually } from '@mpics/testing'
import { PrepareEmail } from '../src/delivery/prepare-email.js'
import { DueEmailRepository } from '../src/emails/due-email.repository.js'
import { EmailRepository } from '../src/emails/email.repository.js'
import { VALID_MS } from '../src/sources/foreseen.js'
import { NotificationsHarness } from './setup/notifications-harness.js'
import { follows, type Person } from './setup/peers-harness.js'
import { ScriptedMailServer } from './setup/scripted-mail-server.js'

describe('a mail that was prepared while it was made', () => {
  let server: ScriptedMailServer
  let notifications: NotificationsHarness
  let follower: Person
  let erased: Person
  let gone: Person
  beforeAll(async () => {
    server = await ScriptedMailServer.listen()
    notifications = await NotificationsHarness.open((peers) => ({
      ...peers.environment(server.patientUrl),
      NOTIFICATIONS_CONCURRENCY: '1',
      NOTIFICATIONS_LEASE_MS: '6000',
    }))
    follower = notifications.peers.join({ fullName: 'Dorothea Lange' })
    ;[erased, gone] = [notifications.peers.join(), notifications.peers.join()]
    await notifications.service.get(ErasedIds).remember([erased.id, gone.id])
  })
  afterEach(() => {
    jest.restoreAllMocks()
    notifications.peers.people.set(follower.id, follower)
  })
  afterAll(async () => {
    await notifications.close()
    await server.close()
  })

  const asked = ({ id }: Person) =>
    notifications.peers.services.calls(identity.mailRecipients).filter(({ body }) => body.accountIds.includes(id))
  const linksFor = ({ id }: Person) =>
    notifications.peers.services.calls(identity.deriveLink).filter(({ body }) => body.accountId === id).length
  const follow = (person: Person) => notifications.service.publish(follows(follower, person))
  const sent = ({ email }: Person) => server.to(email).length

  /** The next look for erased ids ends when the mail is written. */
  function lookEndsLate(person: Person, end: () => Promise<void>) {
    const looks = notifications.service.get(ErasedIds)
    const look = looks.isNamedIn.bind(looks)
    return jest.spyOn(looks, 'isNamedIn').mockImplementationOnce(async (named) => {
      await eventually(async () => (await notifications.stored(person)).length > 0)
      await end()
      return look(named)
    })
  }

  it('goes out by the first answer', async () => {
    const person = notifications.peers.join()
    await follow(person)
    await notifications.untilOutcome('sent', person)
    expect([asked(person).length, sent(person)]).toEqual([1, 1])
  })

  it('B52 is taken back if its event names somebody erased: its recipient, or whom it tells of', async () => {
    const person = notifications.peers.join()
    for (const [actor, recipient] of [[erased, person] as const, [person, gone] as const]) {
      const look = lookEndsLate(recipient, async () => undefined)
      await notifications.service.publish(follows(actor, recipient))
      await notifications.service.untilIdle()
      expect(look).toHaveBeenCalledTimes(1)
      look.mockRestore()
      expect([await notifications.stored(recipient), sent(recipient)]).toEqual([[], 0])
    }
  })

  it('goes out once, and not at once, if nobody can say whom its event names', async () => {
    const person = notifications.peers.join()
    const look = lookEndsLate(person, () => Promise.reject(new Error('away')))
    await follow(person)
    await notifications.service.untilIdle()
    expect(look).toHaveBeenCalledTimes(2)
    await notifications.untilOutcome('sent', person)
    // the second began when the lease of the first had ended
    expect([(await notifications.stored(person))[0]?.['attempts'], sent(person)]).toEqual([2, 1])
  })

  /** The next write of a mail, or the look for whom its event names, ends when a lease of 6 s is no longer sure to last. */
  async function endsLate<T>(end: Promise<T>): Promise<T> {
    const began = performance.now()
    const ended = await end
    await eventually(async () => performance.now() - began >= 2_000)
    return ended
  }

  it('B52 is free for nobody before the look has answered, though its write took long', async () => {
    const [emails, due] = [notifications.service.get(EmailRepository), notifications.service.get(DueEmailRepository)]
    const person = notifications.peers.join()
    const insert = emails.insertComputed.bind(emails)
    jest.spyOn(emails, 'insertComputed').mockImplementationOnce((...mail) => endsLate(insert(...mail)))
    const [freed, withdrawn] = [jest.spyOn(due, 'giveBack'), jest.spyOn(due, 'withdraw')]
    await notifications.service.publish(follows(gone, person))
    await notifications.service.untilIdle()
    expect([freed, withdrawn].map(({ mock }) => mock.calls.length)).toEqual([0, 1])
    expect([await notifications.stored(person), sent(person)]).toEqual([[], 0])
  })

  it('goes out once, by a lease that lasts, if the look took long', async () => {
    const person = notifications.peers.join()
    const looks = notifications.service.get(ErasedIds)
    const look = looks.isNamedIn.bind(looks)
    jest.spyOn(looks, 'isNamedIn').mockImplementationOnce((named) => endsLate(look(named)))
    await follow(person)
    await notifications.untilOutcome('sent', person)
    expect([(await notifications.stored(person))[0]?.['attempts'], sent(person)]).toEqual([2, 1])
  })

  it('B52 is taken back if its event names somebody erased, though nobody could say at first', async () => {
    const person = notifications.peers.join()
    const look = lookEndsLate(person, () => Promise.reject(new Error('away')))
    await notifications.service.publish(follows(gone, person))
    await notifications.service.untilIdle()
    expect(look).toHaveBeenCalledTimes(2)
    expect([await notifications.stored(person), sent(person)]).toEqual([[], 0])
  })

  /** The mail of somebody else keeps the only place until then. */
  async function changedWhileItWaits(change: (person: Person) => unknown, waitsMs = 0) {
    const [first, person] = [notifications.peers.join(), notifications.peers.join()]
    server.script.push('hang')
    await follow(first)
    await eventually(async () => sent(first) > 0)
    await follow(person)
    await eventually(async () => (await notifications.stored(person))[0]?.['lease'] && asked(person).length > 0)
    await change(person)
    const changedAt = performance.now()
    await eventually(async () => performance.now() >= changedAt + waitsMs)
    server.cut()
    return person
  }

  async function reasonOf(person: Person) {
    const finished = await eventually(async () => {
      const [mail] = await notifications.stored(person)
      return mail?.['status'] !== 'queued' && mail
    })
    return [finished?.['reason'], sent(person)]
  }

  const wantsNone = (person: Person) =>
    notifications.service.as(person.id).put('/v1/me/email-settings').send({ follows: 'off' }).expect(200)

  it('has no link before it is stored, as whoever gives links remembers it', async () => {
    const [due, prepare] = [notifications.service.get(DueEmailRepository), notifications.service.get(PrepareEmail)]
    const mayStore = Promise.withResolvers<void>()
    const insert = due.insertHeld.bind(due)
    jest.spyOn(due, 'insertHeld').mockImplementationOnce((email) => mayStore.promise.then(() => insert(email)))
    const early = jest.spyOn(prepare, 'early')
    const person = notifications.peers.join()
    await notifications.service.publish(
      identity.emailChangeRequested.of({ accountId: person.id, changeId: randomUUID() }),
    )
    await eventually(async () => early.mock.results.length === 2)
    await Promise.all(early.mock.results.map(({ value }) => value))
    expect(linksFor(person)).toBe(0)
    mayStore.resolve()
    await notifications.untilOutcome('sent', person)
    expect([linksFor(person), sent(person)]).toEqual([1, 1])
  })

  it('B19 is not sent if its owner has just turned such mails off', async () => {
    expect(await reasonOf(await changedWhileItWaits(wantsNone))).toEqual(['setting-off', 0])
  })

  it.each<[string, (person: Person) => unknown, string]>([
    [
      'identity says that the address is not verified',
      (person) => (person.emailVerified = false),
      'address-unverified',
    ],
    ['the follower is gone', () => notifications.peers.people.delete(follower.id), 'follower-gone'],
  ])('is not sent if %s while it waits for its turn', async (_, change, reason) => {
    expect(await reasonOf(await changedWhileItWaits(change, VALID_MS))).toEqual([reason, 0])
  })
})
