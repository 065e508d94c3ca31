import { identity } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { ForgetEmailChanges } from '../src/email-changes/forget-email-changes.js'
import { MoveSessions } from '../src/sessions/move-sessions.js'
import { registration, FIREFOX, linkFor, logIn, type Person, register, verified } from './setup/people.js'
import { ServiceHarness } from './setup/service-harness.js'

const NEW_PASSWORD = 'quite another good password'

describe('another address', () => {
  let harness: ServiceHarness
  beforeAll(async () => {
    harness = await ServiceHarness.open()
  })
  afterAll(() => harness.close())

  async function loggedIn(person: Person) {
    const { body } = await logIn(harness, person)
    const { sessionId, refreshToken } = body as { sessionId: string; refreshToken: string }
    const me = harness.as(person.id, sessionId)
    return {
      sessionId,
      change: (newEmail: string) => me.put('/v1/me/email', { currentPassword: person.password, newEmail }),
      changePassword: (newPassword: string) =>
        me.put('/v1/me/password', { currentPassword: person.password, newPassword }),
      end: (id: string) => me.delete(`/v1/sessions/${id}`),
      endOthers: () => me.delete('/v1/sessions'),
      prove: () => me.post('/v1/sessions/current/proof', { password: person.password }),
      email: async () => (await me.get('/v1/me')).body.email as string,
      refresh: async () =>
        (await harness.anybody.post('/v1/sessions/refresh', { refreshToken }, { 'user-agent': FIREFOX })).status,
    }
  }

  const account = async (id: string): Promise<Record<string, unknown>> =>
    (await harness.collection('accounts').findOne({ _id: id })) ?? {}
  async function mailedToken(id: string, kind: 'confirm-email' | 'freeze-email'): Promise<string | null> {
    const { emailChange } = (await account(id)) as { emailChange: { id: string } }
    const asked = { kind, accountId: id, requestId: emailChange.id }
    const { status, body } = await harness.from('notifications').post('/internal/links', asked)
    return status === 200 ? (body.token as string | null) : ''
  }
  const confirm = (token: string | null) => harness.anybody.post('/v1/me/email/confirm', { token })
  const freeze = (token: string | null) => harness.anybody.post('/v1/me/email/freeze', { token })
  const decide = (token: string | null, decision: string, password: string) =>
    harness.anybody.post('/v1/me/email/freeze/decision', { token, decision, password })
  const another = () => registration().email
  async function reset({ id, email }: Person): Promise<void> {
    await harness.anybody.post('/v1/password-resets', { email })
    const token = await linkFor(harness, id, 'reset-password')
    await harness.anybody.post('/v1/password-resets/confirm', { token, newPassword: NEW_PASSWORD })
  }

  async function changing() {
    const person = await verified(harness)
    const session = await loggedIn(person)
    const newEmail = another()
    expect((await session.change(newEmail)).status).toBe(202)
    const freezing = await mailedToken(person.id, 'freeze-email')
    const confirmation = await mailedToken(person.id, 'confirm-email')
    return { person, newEmail, confirmation, freezing, ...session }
  }

  it('B51.1 B51.2 counts once its mailbox confirms it, and leaves nothing of the former one', async () => {
    const { person, newEmail, confirmation, ...acting } = await changing()
    const elsewhere = await loggedIn(person)
    expect(await acting.email()).toBe(person.email)
    expect((await confirm(confirmation)).status).toBe(204)
    expect(await acting.email()).toBe(newEmail)
    expect(JSON.stringify(await account(person.id))).not.toContain(person.email)
    expect([await acting.refresh(), await elsewhere.refresh()]).toEqual([200, 401])
    const byAddress = (login: string) => harness.anybody.post('/v1/sessions', { login, password: person.password })
    expect((await byAddress(person.email)).status).toBe(401)
    expect((await byAddress(newEmail)).status).toBe(201)
    expect(await harness.told(identity.emailChangeRequested, person.id)).toHaveLength(1)
    expect(await harness.told(identity.emailChanged, person.id)).toHaveLength(1)
  })

  it('may be confirmed twice, at once or later, with one effect', async () => {
    const { person, confirmation, refresh } = await changing()
    const answers = await Promise.all([confirm(confirmation), confirm(confirmation)])
    expect([...answers, await confirm(confirmation)].map(({ status }) => status)).toEqual([204, 204, 204])
    expect(await harness.told(identity.emailChanged, person.id)).toHaveLength(1)
    expect(await refresh()).toBe(200)
  })

  it('ends links to reset the password that went to the former one', async () => {
    const { person, confirmation } = await changing()
    await harness.anybody.post('/v1/password-resets', { email: person.email })
    const token = await linkFor(harness, person.id, 'reset-password')
    await confirm(confirmation)
    const reset = await harness.anybody.post('/v1/password-resets/confirm', { token, newPassword: NEW_PASSWORD })
    expect(reset.status).toBe(410)
  })

  it.each(['a reset', 'another password'])(
    'is void after %s: whoever asked for it may be locked out by that',
    async (by) => {
      const { person, confirmation, freezing, ...acting } = await changing()
      if (by === 'another password') expect((await acting.changePassword(NEW_PASSWORD)).status).toBe(204)
      else await reset(person)
      expect([(await confirm(confirmation)).status, (await freeze(freezing)).status]).toEqual([410, 410])
      expect(await account(person.id)).toMatchObject({ email: person.email })
    },
  )

  it.each(['that session', 'all others'])('is void after its owner ended %s from elsewhere', async (ended) => {
    const { person, sessionId, confirmation } = await changing()
    const elsewhere = await loggedIn(person)
    const { status } = await (ended === 'that session' ? elsewhere.end(sessionId) : elsewhere.endOthers())
    expect(status).toBe(204)
    expect((await confirm(confirmation)).status).toBe(410)
    expect(await account(person.id)).toMatchObject({ email: person.email })
  })

  it('is refused where another account verified it meanwhile, and is mailed to nobody', async () => {
    const { person, newEmail, confirmation } = await changing()
    await verified(harness, { email: newEmail })
    const refused = await confirm(confirmation)
    expect([refused.status, refused.body.code]).toEqual([409, 'identity.email-taken'])
    expect(await mailedToken(person.id, 'confirm-email')).toBeNull()
    expect(await account(person.id)).toMatchObject({ email: person.email })
  })

  it('B50 is mailed to the new address only after the mail to the present one was made', async () => {
    const person = await verified(harness)
    await (await loggedIn(person)).change(another())
    expect(await mailedToken(person.id, 'confirm-email')).toBe('')
    expect(await mailedToken(person.id, 'freeze-email')).not.toBe('')
    expect(await mailedToken(person.id, 'confirm-email')).not.toBe('')
  })

  it('B50.1 must wait when it is asked for again and again', async () => {
    const { change } = await loggedIn(await verified(harness))
    for (let wish = 0; wish < 3; wish++) expect((await change(another())).status).toBe(202)
    expect((await change(another())).status).toBe(429)
  })

  it('answers alike for an address that an account has and for one that is free', async () => {
    const { email: known } = await verified(harness)
    const session = await loggedIn(await verified(harness))
    const answers = [await session.change(known), await session.change(another())]
    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [202, ''],
      [202, ''],
    ])
  })

  it('takes the links of accounts that wait for the same address', async () => {
    const { newEmail, confirmation } = await changing()
    const waiting = await register(harness, { email: newEmail })
    const token = await linkFor(harness, waiting.id, 'verify-email')
    await confirm(confirmation)
    expect((await harness.anybody.post('/v1/accounts/verify-email', { token })).status).toBe(410)
  })

  it('gives way to a later wish, whose links alone count', async () => {
    const { person, confirmation, change, email } = await changing()
    const later = another()
    await change(later)
    expect((await confirm(confirmation)).status).toBe(410)
    await mailedToken(person.id, 'freeze-email')
    await confirm(await mailedToken(person.id, 'confirm-email'))
    expect(await email()).toBe(later)
  })

  describe('that the present mailbox froze', () => {
    async function frozen() {
      const all = await changing()
      expect((await freeze(all.freezing)).status).toBe(204)
      expect((await freeze(all.freezing)).status).toBe(204)
      return all
    }

    it('B50 can be confirmed and replaced by nobody, and stays away when undecided for seven days', async () => {
      const { person, confirmation, change, prove, email, freezing } = await frozen()
      expect((await confirm(confirmation)).body.code).toBe('identity.email-change-frozen')
      expect((await change(another())).body.code).toBe('identity.email-change-frozen')
      harness.pass(7 * DAY_MS)
      expect((await confirm(confirmation)).status).toBe(410)
      expect((await decide(freezing, 'keep', person.password)).status).toBe(410)
      await harness.get(ForgetEmailChanges).execute()
      expect(await account(person.id)).toMatchObject({ emailChange: null, email: person.email })
      await prove()
      expect((await change(another())).status).toBe(202)
      expect(await email()).toBe(person.email)
    })

    it('B50 is decided by who has the mailbox and a proof, not by the mailbox alone', async () => {
      const { person, newEmail, confirmation, freezing, email } = await frozen()
      const refused = await decide(freezing, 'keep', 'a wrong password')
      expect([refused.status, refused.body.code]).toEqual([403, 'identity.proof-failed'])
      harness.pass(2 * DAY_MS)
      expect((await decide(freezing, 'keep', person.password)).status).toBe(204)
      expect((await freeze(freezing)).status).toBe(410)
      expect((await confirm(confirmation)).status).toBe(204)
      expect(await email()).toBe(newEmail)
    })

    it('B50 ends with every session when it is dropped, at once with a confirmation, too', async () => {
      const { person, confirmation, freezing, refresh } = await frozen()
      const [dropped, confirmed] = await Promise.all([decide(freezing, 'drop', person.password), confirm(confirmation)])
      expect(dropped.status).toBe(204)
      expect([409, 410]).toContain(confirmed.status)
      expect((await decide(freezing, 'drop', person.password)).status).toBe(204)
      expect((await confirm(confirmation)).status).toBe(410)
      expect(await refresh()).toBe(401)
      expect(await account(person.id)).toMatchObject({ email: person.email })
    })

    it('B50 ends with every session though the process dies right after it was dropped', async () => {
      const { person, freezing, refresh } = await frozen()
      const dies = jest.spyOn(harness.get(MoveSessions), 'execute').mockRejectedValueOnce(new Error('dies here'))
      expect((await decide(freezing, 'drop', person.password)).status).toBe(500)
      dies.mockRestore()
      await harness.service.untilIdle()
      expect(await refresh()).toBe(401)
      expect(await harness.told(identity.emailChangeDropped, person.id)).toHaveLength(1)
    })

    it('B50 holds no other wish off once a reset has made it void', async () => {
      const { person } = await frozen()
      await reset(person)
      const { change } = await loggedIn({ ...person, password: NEW_PASSWORD })
      expect((await change(another())).status).toBe(202)
    })
  })

  it('freezing and confirming at the same time end in one of both, never in two', async () => {
    for (let round = 0; round < 5; round++) {
      const { person, newEmail, confirmation, freezing } = await changing()
      const [frozen, confirmed] = await Promise.all([freeze(freezing), confirm(confirmation)])
      const { email } = await account(person.id)
      const outcome = [frozen.status, confirmed.status]
      if (email === newEmail) expect(outcome).toEqual([410, 204])
      else expect(outcome).toEqual([204, 409])
    }
  })

  it('is corrected at once by an account that is not verified, with a new mail, and the former link ends', async () => {
    const person = await register(harness)
    const former = await linkFor(harness, person.id, 'verify-email')
    const { change, email } = await loggedIn(person)
    const right = another()
    expect((await change(right)).status).toBe(202)
    expect(await email()).toBe(right)
    expect(await harness.told(identity.verificationRequested, person.id)).toHaveLength(2)
    const verify = (token: string | null) => harness.anybody.post('/v1/accounts/verify-email', { token })
    expect((await verify(former)).status).toBe(410)
    expect((await verify(await linkFor(harness, person.id, 'verify-email'))).status).toBe(204)
  })

  it('tells notifications where the mail goes only while it waits', async () => {
    const { person, newEmail, confirmation } = await changing()
    const recipient = async () =>
      (await harness.from('notifications').post('/internal/mail-recipients', { accountIds: [person.id] })).body.items[0]
    expect(await recipient()).toMatchObject({ email: person.email, newEmail })
    await confirm(confirmation)
    expect(await recipient()).toMatchObject({ email: newEmail, newEmail: null })
  })
})
