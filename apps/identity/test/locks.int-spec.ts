import { identity } from '@mpics/contracts'
import { DueAccounts } from '../src/closures/due-accounts.js'
import { LockAccount } from '../src/locks/lock-account.js'
import { Caller } from './setup/caller.js'
import { give } from './setup/consents.js'
import { ServiceHarness } from './setup/service-harness.js'
import { logIn, type Person, verified } from './setup/people.js'

const WEEK_MS = 7 * 86_400_000

describe('a lock', () => {
  let harness: ServiceHarness
  let staff: Person[]
  beforeAll(async () => {
    harness = await ServiceHarness.open()
    staff = [await verified(harness), await verified(harness)]
  })
  afterAll(() => harness.close())

  async function as(person: Person, ...roles: string[]) {
    const { sessionId } = (await logIn(harness, person)).body as { sessionId: string }
    return new Caller(harness.service.as({ accountId: person.id, sessionId, roles: ['member', ...roles] }))
  }
  const first = () => as(staff[0]!, 'support')
  const second = () => as(staff[1]!, 'operator')
  const at = ({ id }: Person, rest = '') => `/v1/admin/accounts/${id}/lock${rest}`
  const lock = async (person: Person, reason = 'under-age', note?: string) =>
    (await first()).post(at(person), { reason, ...(note && { note }) })
  const isDue = async ({ id }: Person) => {
    const account = await harness.collection('accounts').findOne({ _id: id })
    const { dueAt } = account?.['lock'] as { dueAt: Date | null }
    return dueAt !== null && dueAt <= harness.clock.now()
  }

  async function objectionOf({ id }: Person): Promise<string> {
    const account = await harness.collection('accounts').findOne({ _id: id })
    const { id: requestId } = account?.['lock'] as { id: string }
    const body = { kind: 'lock-objection', accountId: id, requestId }
    const { token } = (await harness.from('notifications').post('/internal/links', body)).body as { token: string }
    const [owner, secret] = token.split('.')
    expect(owner).toBe(id)
    return secret!
  }
  const object = async (person: Person, token?: string) =>
    harness.anybody.post(at(person, '/objection'), { token: token ?? (await objectionOf(person)) })

  it('B61 ends every session at once, and log-ins after the password matched', async () => {
    const person = await verified(harness)
    const { refreshToken } = (await logIn(harness, person)).body as { refreshToken: string }
    expect((await lock(person)).status).toBe(200)
    expect((await harness.anybody.post('/v1/sessions/refresh', { refreshToken })).status).toBe(401)
    const right = await logIn(harness, person)
    const wrong = await logIn(harness, { ...person, password: 'some other password' })
    expect([right.status, right.body.code]).toEqual([403, 'identity.account-locked'])
    expect([wrong.status, wrong.body.code]).toEqual([401, 'identity.login-failed'])
    const [event] = await harness.told(identity.accountLocked, person.id)
    expect(event?.data).toMatchObject({ accountId: person.id, reason: 'under-age', hidden: true })
  })

  it('B61 is for staff, with a fresh proof, a known reason, and never on oneself', async () => {
    const person = await verified(harness)
    const body = { reason: 'under-age' }
    const statusAs = async (who: Caller) => (await who.post(at(person), body)).status
    expect(await statusAs(harness.anybody)).toBe(401)
    for (const role of ['moderator', 'analyst']) expect(await statusAs(await as(staff[0]!, role))).toBe(403)
    const own = await (await first()).post(at(staff[0]!), body)
    expect(own.body.code).toBe('identity.own-lock')
    expect((await (await first()).post(at(person), { reason: 'dislike' })).status).toBe(422)
    const stale = await first()
    harness.pass(11 * 60_000)
    expect((await stale.post(at(person), body)).body.code).toBe('identity.proof-needed')
    expect((await logIn(harness, person)).status).toBe(201)
  })

  it('B61 a second person’s agreement makes it due, never that of whoever locked', async () => {
    const person = await verified(harness)
    await lock(person)
    expect((await (await first()).post(at(person, '/approval'))).body.code).toBe('identity.own-lock')
    expect(await isDue(person)).toBe(false)
    for (let times = 0; times < 2; times++)
      expect((await (await second()).post(at(person, '/approval'), { note: 'the school confirms it' })).status).toBe(
        200,
      )
    expect(await isDue(person)).toBe(true)
    expect((await logIn(harness, person)).body.code).toBe('identity.login-failed')
    expect((await object(person, 'x')).body.code).toBe('identity.link-expired')
  })

  it('B61 7 days without an objection make it due', async () => {
    const [silent, objecting] = [await verified(harness), await verified(harness)]
    for (const person of [silent, objecting]) await lock(person)
    for (let times = 0; times < 2; times++) expect((await object(objecting)).status).toBe(204)
    harness.pass(WEEK_MS + 6 * 60_000)
    expect([await isDue(silent), await isDue(objecting)]).toEqual([true, false])
    const due = await harness.get(DueAccounts).list(1000)
    expect(due).toContain(silent.id)
    expect(due).not.toContain(objecting.id)
    expect((await logIn(harness, objecting)).body.code).toBe('identity.account-locked')
    await (await second()).post(at(objecting, '/approval'))
    expect(await isDue(objecting)).toBe(true)
  })

  it('B61 takes an objection by its own link alone, for 7 days', async () => {
    const [person, other] = [await verified(harness), await verified(harness)]
    for (const one of [person, other]) await lock(one)
    const codes = [await object(person, 'invented'), await object(person, await objectionOf(other))]
    expect(codes.map(({ status }) => status)).toEqual([410, 410])
    const unknown = { ...person, id: '01931f3e-0000-7000-8000-000000000001' }
    expect((await object(unknown, 'invented')).status).toBe(410)
    const token = await objectionOf(person)
    harness.pass(WEEK_MS)
    expect((await object(person, token)).status).toBe(410)
  })

  it('for another reason leads to no erasure', async () => {
    const person = await verified(harness)
    await lock(person, 'abuse')
    expect((await (await second()).post(at(person, '/approval'))).body.code).toBe('identity.lock-not-for-erasure')
    harness.pass(WEEK_MS)
    expect(await isDue(person)).toBe(false)
  })

  it('B61 keeps what was done, by whom, when and why, for staff to see, and gives all back when it is taken away', async () => {
    const person = await verified(harness)
    await lock(person, 'under-age', 'reported by a teacher')
    await object(person)
    for (let times = 0; times < 2; times++)
      await (await second()).post(`/v1/admin/accounts/${person.id}/unlock`, { note: 'born 1990' })
    const { body } = await (await first()).get(at(person))
    const entry = { reason: 'under-age', at: expect.any(String) }
    expect(body).toEqual({
      lock: null,
      entries: [
        { ...entry, act: 'locked', by: staff[0]!.id, note: 'reported by a teacher' },
        { ...entry, act: 'objected', by: null, note: null },
        { ...entry, act: 'unlocked', by: staff[1]!.id, note: 'born 1990' },
      ],
    })
    expect((await (await as(person)).get(at(person))).status).toBe(403)
    expect((await logIn(harness, person)).status).toBe(201)
    const [event, ...more] = await harness.told(identity.accountUnlocked, person.id)
    expect(event?.data).toEqual({ accountId: person.id, reason: 'under-age', hidden: false })
    expect(more).toEqual([])
    const everything = (await harness.service.records('identity.account'))
      .map((record) => JSON.stringify(record))
      .join()
    expect(everything).not.toMatch(/teacher|born 1990/)
  })

  it('B61 lets no marketing through meanwhile', async () => {
    const person = await verified(harness)
    await give(harness, person.id, 'email-news')
    const recipient = async () => {
      const asked = await harness.from('notifications').post('/internal/mail-recipients', { accountIds: [person.id] })
      const [{ consents, hidden }] = asked.body.items as [{ consents: string[]; hidden: boolean }]
      return { consents, hidden }
    }
    expect(await recipient()).toEqual({ consents: ['email-news'], hidden: false })
    await lock(person)
    expect(await recipient()).toEqual({ consents: [], hidden: true })
  })

  it('B61 by an operator at the command line is agreed to by nobody, who may be the same person, and is due after 7 days', async () => {
    const person = await verified(harness)
    await harness.get(LockAccount).execute(person.id, { reason: 'under-age', by: null })
    expect((await (await first()).post(at(person, '/approval'))).body.code).toBe('identity.own-lock')
    expect(await isDue(person)).toBe(false)
    harness.pass(WEEK_MS)
    expect(await isDue(person)).toBe(true)
  })

  it('B61 leaves an objection standing when it is taken away and made anew', async () => {
    const person = await verified(harness)
    await lock(person)
    await object(person)
    await (await first()).post(`/v1/admin/accounts/${person.id}/unlock`)
    const { body } = await lock(person)
    expect(body.lock).toMatchObject({ objectedAt: expect.any(String), dueAt: null })
    harness.pass(WEEK_MS)
    expect(await isDue(person)).toBe(false)
    await (await second()).post(at(person, '/approval'))
    expect(await isDue(person)).toBe(true)
  })

  it('of an account that is being closed leaves it hidden when either ends', async () => {
    const person = await verified(harness)
    await (await as(person)).delete('/v1/me')
    await lock(person, 'security')
    await (await second()).post(`/v1/admin/accounts/${person.id}/unlock`)
    const [unlocked] = await harness.told(identity.accountUnlocked, person.id)
    expect(unlocked?.data.hidden).toBe(true)
    const [standing] = (await harness.from('media').get('/internal/account-standings')).body.items.filter(
      ({ accountId }: { accountId: string }) => accountId === person.id,
    )
    expect(standing).toEqual({ accountId: person.id, hidden: true, sequence: expect.any(Number) })
    expect(standing.sequence).toBeGreaterThanOrEqual(unlocked!.sequence!)
  })
})
