import { identity } from '@mpics/contracts'
import { nameOfStore, PersonalData } from '@mpics/mongo'
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
import { give } from './setup/consents.js'
import { ServiceHarness } from './setup/service-harness.js'
import { cookieNamed, logIn, type Person, register, resetsSent, verified } from './setup/people.js'

const OWN = [
  'accounts',
  'attempts',
  'consents',
  'erased_ledgers',
  'erasure_parts',
  'erasures',
  'exports',
  'ledger_leaves',
  'ledger_roots',
  'pending_log_ins',
  'policies',
  'program_tokens',
  'reset_requests',
  'retired_handles',
  'sessions',
  'spent_challenges',
]

describe('the register of personal data', () => {
  let harness: ServiceHarness
  let person: Person
  let other: Person
  beforeAll(async () => {
    harness = await ServiceHarness.open()
    for (const each of [(person = await verified(harness)), (other = await verified(harness))]) await leaveTraces(each)
    await resetsSent(harness)
    await harness.service.untilIdle()
  })
  afterAll(() => harness.close())

  const leaveTraces = async (each: Person) => {
    const loggedIn = await logIn(harness, each, { tokenTransport: 'cookie' })
    const cookie = cookieNamed(loggedIn, 'mpbrowser')
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString()
    const token = { name: 'Backup', scopes: ['photos:read'], expiresAt }
    await harness.as(each.id, loggedIn.body.sessionId as string).post('/v1/me/tokens', token)
    const wrong = { ...each, password: 'a guess that is wrong' }
    await logIn(harness, wrong)
    await logIn(harness, wrong, {}, { cookie })
    await harness.anybody.post('/v1/password-resets', { email: each.email })
    await give(harness, each.id, 'email-news')
  }

  const data = () => harness.get(PersonalData)
  const exportOf = ({ id }: { id: string }) => exported(data(), id)
  const counts = () =>
    Promise.all(OWN.map(async (name) => [name, await harness.collection(name).countDocuments()] as const)).then(
      Object.fromEntries,
    )

  it('states every collection of the service, the accounts after what they lead to', async () => {
    const names = data()
      .entries()
      .map(({ store }) => nameOfStore(store))
    expect(names.filter((name) => !/^(_|objects )/.test(name)).sort()).toEqual(OWN)
    expect(await unstatedCollections(harness.connection, data())).toEqual([])
    expect(await unstatedFields(harness.connection, data())).toEqual([])
    expect(names.at(-1)).toBe('accounts')
  })

  it('exports what a person entered and caused, without secrets, and nothing to a stranger', async () => {
    const records = await exportOf(person)
    expect(records).toMatchObject({
      accounts: [{ handle: person.handle, email: person.email, fullName: 'Ada Lovelace', roles: [{ role: 'member' }] }],
      sessions: [{ browser: 'Firefox on Linux', sharedComputer: false, guesses: { count: 1 } }],
      program_tokens: [{ tokens: [{ name: 'Backup', scopes: ['photos:read'] }] }],
      consents: [{ entries: [{ purpose: 'email-news', granted: true }] }],
      attempts: [{ count: 1 }, { count: 1 }],
    })
    expect(JSON.stringify(records)).not.toMatch(/argon2|passwordHash|refreshHash|knownBrowserHash|tokenHash/)
    expect(JSON.stringify(records)).not.toContain(other.id)
    const stranger = await register(harness)
    expect(await exportOf({ id: '01931f3e-0000-7000-8000-000000000001' })).toEqual(
      Object.fromEntries(Object.keys(records).map((name) => [name, []])),
    )
    expect(JSON.stringify(await exportOf(stranger))).not.toContain(person.id)
  })

  it('exports and erases a forgotten password that nobody has looked into yet', async () => {
    const request = (email: string) => {
      const at = new Date()
      const later = new Date(at.getTime() + 60_000)
      const document = {
        _id: email,
        email,
        emailKey: email,
        tokenHash: 'x',
        requestedAt: at,
        expiresAt: later,
        dueAt: later,
      }
      return harness.collection('reset_requests').insertOne(document)
    }
    await Promise.all([request(person.email), request(other.email)])
    const mine = { reset_requests: [{ email: person.email, requestedAt: expect.any(Date) }] }
    expect(await exportOf(person)).toMatchObject(mine)
    const [entry] = data()
      .held()
      .filter(({ store }) => nameOfStore(store) === 'reset_requests')
    expect(await entry?.erase(person.id)).toEqual({ erased: 1, waiting: 0 })
    expect(await harness.collection('reset_requests').findOneAndDelete({ _id: other.email })).not.toBeNull()
  })

  it('erases a person and nobody else, once, and has no address to write to any more', async () => {
    const [before, ofOther] = [await counts(), await exportOf(other)]
    const expected = { accounts: 1, attempts: 2, consents: 1, program_tokens: 1, sessions: 1 }
    expect(await eraseAll(data(), person.id)).toEqual(expect.objectContaining(expected))
    expect(await eraseOnce(data(), person.id)).toEqual({})
    for (const [name, n] of Object.entries(expected)) expect((await counts())[name]).toBe(before[name] - n)
    expect(await exportOf(other)).toEqual(ofOther)
    const recipients = { accountIds: [person.id, other.id] }
    const { body } = await harness.from('notifications').post('/internal/mail-recipients', recipients)
    expect(body.items).toMatchObject([{ accountId: other.id }])
    expect(await documentsWith(harness.connection, [person.id])).toEqual([])
    const told = await harness.service.records(identity.consentChanged.topic.name)
    const values = told.filter(({ key }) => key?.startsWith(person.id)).map(({ value }) => value)
    expect(values).toEqual([expect.any(String), null])
  })

  it('keeps nothing for longer than the register says', async () => {
    expect(withoutRule(data())).toEqual([])
    const planted = ['_idempotency', 'attempts', 'pending_log_ins', 'reset_requests', 'sessions', 'spent_challenges']
    expect(await plantOld(harness.connection, data())).toEqual(expect.arrayContaining(planted))
    await untilOldIsGone(harness.connection, data())
  })
})
