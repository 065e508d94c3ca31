import { randomUUID } from 'node:crypto'
import { ErasedIds } from '@mpics/eventing'
import { Connection, PersonalData } from '@mpics/mongo'
import {
  documentsWith,
  eraseAll,
  eraseOnce,
  exportOf as exported,
  plantOld,
  unstatedCollections,
  unstatedFields,
  untilOldIsGone,
  withoutRule,
} from '@mpics/testing'
import { BudgetRepository } from '../src/budgets/budget.repository.js'
import { queueDigest } from '../src/emails/digest.js'
import { queue } from '../src/emails/email.js'
import { EmailRepository } from '../src/emails/email.repository.js'
import { MailboxRepository } from '../src/mailboxes/mailbox.repository.js'
import { ConsentProjectionRepository } from '../src/settings/consent-projection.repository.js'
import { turnOff } from '../src/settings/settings.js'
import { SettingsRepository } from '../src/settings/settings.repository.js'
import { NotificationsHarness } from './setup/notifications-harness.js'
import type { Person } from './setup/peers-harness.js'

const NEXT_YEAR = new Date(Date.now() + 365 * 86_400_000)
const LEASE = { holder: 'a replica', until: NEXT_YEAR }

describe('what notifications holds of people', () => {
  let notifications: NotificationsHarness
  beforeAll(async () => {
    notifications = await NotificationsHarness.open()
  })
  afterAll(() => notifications.close())

  const mailTo = ({ id: accountId }: Person, actor: Person) => {
    const mail = { id: randomUUID(), accountId, kind: 'follow', cause: 'test', wantedAt: NEXT_YEAR }
    return queue({ ...mail, parameters: { actorId: actor.id } }, new Date())
  }

  async function held(person: Person, actor: Person) {
    const { state, ...rest } = mailTo(person, actor)
    await notifications.service.get(EmailRepository).insert({ ...rest, state: { ...state, lease: LEASE } })
    return { state }
  }

  async function store(person: Person, other: Person) {
    const { service } = notifications
    const emails = service.get(EmailRepository)
    await emails.insert(mailTo(person, other))
    await emails.insert(mailTo(other, person))
    await emails.insert(queueDigest(mailTo(other, person).state, NEXT_YEAR, new Date()))
    for (const { id } of [person, other]) {
      await service.get(SettingsRepository).change(id, (settings) => turnOff(settings, 'messages'))
      await service.get(ConsentProjectionRepository).project(`${id}:email-news`, 1, true)
      await service.get(MailboxRepository).markFailing(id, 'somebody@people.example', 'smtp-550', new Date())
      const slot = { emailId: randomUUID(), accountId: id, at: new Date() }
      await service.get(BudgetRepository).take('the key of an address', slot, 3)
    }
  }

  const register = () => notifications.service.get(PersonalData)
  const connection = () => notifications.service.get<Connection>(Connection)
  const exportOf = ({ id }: Person) => exported(register(), id)

  it('is exported whole, without others and without secrets, and erased whole, with nothing of others', async () => {
    const [person, other] = [notifications.peers.join(), notifications.peers.join()]
    await store(person, other)
    const exported = await exportOf(person)
    expect(exported).toMatchObject({
      emails: [{ kind: 'follow', category: 'follows', status: 'queued', sentAt: null }],
      settings: [{ choices: { messages: 'off', follows: 'immediate' } }],
      consents: [{ purpose: 'email-news', granted: true }],
      'mail-budgets': [{ at: expect.any(Date) }],
      'failing-mailboxes': [{ reason: 'smtp-550', since: expect.any(Date) }],
    })
    expect(JSON.stringify(exported)).not.toMatch(new RegExp(`${other.id}|fingerprint|lease`))
    const before = await exportOf(other)
    await eraseAll(register(), person.id)
    expect(await documentsWith(connection(), [person.id])).toEqual([])
    expect(await unstatedCollections(connection(), register())).toEqual([])
    expect(await unstatedFields(connection(), register())).toEqual([])
    expect(await exportOf(other)).toEqual(before)
    expect(await eraseOnce(register(), person.id)).toEqual({})
    for (const records of Object.values(await exportOf(person))) expect(records).toEqual([])
  })

  it('names in a mail that is being sent wait until it is sent, or its lease has ended', async () => {
    const [person, other] = [notifications.peers.join(), notifications.peers.join()]
    const { state } = await held(other, person)
    const emails = notifications.database.collection<{ _id: string }>('emails')
    const ended = new Date(Date.now() - 1_000)
    for (const lease of [null, { ...LEASE, until: ended }]) {
      const change = (set: object) => emails.updateOne({ _id: state.id }, { $set: set })
      await change({ lease: LEASE, 'parameters.actorId': person.id })
      expect(await eraseOnce(register(), person.id)).toEqual({ emails: { erased: 0, waiting: 1 } })
      await change({ lease })
      expect(await eraseOnce(register(), person.id)).toEqual({ emails: { erased: 1, waiting: 0 } })
    }
  })

  it('a replica that stops does not wait for them', async () => {
    const [person, other] = [notifications.peers.join(), notifications.peers.join()]
    await held(other, person)
    const [ids, stopping] = [notifications.service.get(ErasedIds), new AbortController()]
    await ids.remember([person.id])
    const again = ids.recheck([person.id], stopping.signal)
    stopping.abort()
    await expect(again).rejects.toThrow('abort')
  })

  it('keeps nothing for longer than the register says', async () => {
    expect(withoutRule(register())).toEqual([])
    const planted = ['_idempotency', 'emails', 'failing-mailboxes', 'mail-budgets']
    expect(await plantOld(connection(), register())).toEqual(expect.arrayContaining(planted))
    await untilOldIsGone(connection(), register())
  })
})
