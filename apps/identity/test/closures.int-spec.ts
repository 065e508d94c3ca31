import { identity } from '@mpics/contracts'
import { DAY_MS, MINUTE_MS } from '@mpics/contracts/durations'
import { profiled } from '@mpics/testing'
import { decodeJwt } from 'jose'
import { CloseUnverified } from '../src/closures/close-unverified.js'
import { DueAccounts } from '../src/closures/due-accounts.js'
import { EndSessionsOnAccountChange } from '../src/consumers/end-sessions-on-account-change.js'
import { OWN, ServiceHarness } from './setup/service-harness.js'
import { linkFor, logIn, type Person, register, registration, resetsSent, verified } from './setup/people.js'

const GRACE_MS = 7 * DAY_MS

describe('closing an account', () => {
  let harness: ServiceHarness
  beforeAll(async () => (harness = await ServiceHarness.open()))
  afterAll(() => harness.close())

  async function loggedIn(person: Person) {
    const answer = await logIn(harness, person)
    expect(answer.status).toBe(201)
    const { sessionId, refreshToken, accessToken } = answer.body as Record<string, string>
    const me = harness.as(person.id, sessionId)
    return { ...me, sessionId: sessionId!, claims: decodeJwt(accessToken!), refresh: () => refresh(refreshToken!) }
  }
  const refresh = (refreshToken: string) => harness.anybody.post('/v1/sessions/refresh', { refreshToken })
  const close = async (person: Person) => (await loggedIn(person)).delete('/v1/me')
  const liveSessions = ({ id }: Person) =>
    harness.collection('sessions').countDocuments({ accountId: id, endedAt: null })
  const told = async (event: typeof identity.closureRequested | typeof identity.closureCancelled, { id }: Person) =>
    (await harness.told(event as typeof identity.closureRequested, id)).map(({ data }) => data)

  it('B52 ends every session at once, says until when it can be taken back, and tells the other services', async () => {
    const person = await verified(harness)
    const [one, other] = [await loggedIn(person), await loggedIn(person)]
    const { status, body } = await one.delete('/v1/me')
    const erasesAt = Date.parse(body.erasesAt as string)
    expect(status).toBe(202)
    expect(erasesAt - harness.clock.now().getTime()).toBeGreaterThan(GRACE_MS - 60_000)
    expect(await liveSessions(person)).toBe(0)
    for (const { refresh: again } of [one, other]) expect((await again()).body.code).toBe('identity.session-ended')
    expect(await told(identity.closureRequested, person)).toEqual([
      { accountId: person.id, erasesAt: body.erasesAt, hidden: true },
    ])
  })

  it('B52 asks for a fresh proof', async () => {
    const person = await verified(harness)
    const me = await loggedIn(person)
    harness.pass(11 * MINUTE_MS)
    expect((await me.delete('/v1/me')).body.code).toBe('identity.proof-needed')
    expect((await me.get('/v1/me')).body.closure).toBeUndefined()
  })

  it('B52 lets its owner log in during the grace, in a session that says so, and restores all as it was', async () => {
    const person = await verified(harness)
    const before = (await harness.as(person.id).get('/v1/me')).body as object
    await close(person)
    const me = await loggedIn(person)
    expect(me.claims).toMatchObject({ closing: true })
    const closure = { requestedAt: expect.any(String), erasesAt: expect.any(String) }
    expect((await me.get('/v1/me')).body).toEqual({ ...before, closure })
    // a reaction that comes late ends no session of the grace
    const data = { accountId: person.id, erasesAt: '', hidden: true }
    await harness.get(EndSessionsOnAccountChange).moved({ data } as never)
    for (let times = 0; times < 2; times++) expect((await me.post('/v1/me/restoration')).status).toBe(204)
    const answer = await me.refresh()
    expect(decodeJwt(answer.body.accessToken as string)).not.toHaveProperty('closing')
    expect((await me.get('/v1/me')).body).toEqual(before)
    const requested = await told(identity.closureRequested, person)
    expect(await told(identity.closureCancelled, person)).toEqual([{ ...requested[0], hidden: false }])
  })

  it('B52 after the grace it is due: a log-in and a reset are answered as for an unknown account, and no restoration helps', async () => {
    const person = await verified(harness)
    await close(person)
    const me = await loggedIn(person)
    harness.pass(GRACE_MS)
    const unknown = await logIn(harness, { ...person, handle: 'nobody-of-this-name' })
    const answer = await logIn(harness, person)
    expect([answer.status, answer.body.code]).toEqual([unknown.status, unknown.body.code])
    expect((await me.refresh()).body.code).toBe('identity.session-ended')
    expect((await me.post('/v1/me/restoration')).body.code).toBe('identity.account-not-found')
    await harness.anybody.post('/v1/password-resets', { email: person.email })
    await resetsSent(harness)
    expect(await harness.told(identity.passwordResetRequested, person.id)).toEqual([])
  })

  it('B52 once it is due, a link to reset the password that was mailed in the grace opens nothing', async () => {
    const person = await verified(harness)
    await close(person)
    harness.pass(GRACE_MS - 10 * MINUTE_MS)
    await harness.anybody.post('/v1/password-resets', { email: person.email })
    const token = await linkFor(harness, person.id, 'reset-password')
    harness.pass(11 * MINUTE_MS)
    const newPassword = 'quite another good password'
    const answer = await harness.anybody.post('/v1/password-resets/confirm', { token, newPassword })
    expect([answer.status, answer.body.code]).toEqual([410, 'identity.link-expired'])
    expect(await harness.told(identity.passwordChanged, person.id)).toEqual([])
  })

  it('B52 finds the due by indexes, a margin later, and counts them', async () => {
    const [closed, kept] = [await verified(harness), await verified(harness)]
    await close(closed)
    const due = harness.get(DueAccounts)
    expect(await due.list(1000)).not.toContain(closed.id)
    harness.pass(GRACE_MS)
    expect(await due.list(1000)).not.toContain(closed.id)
    harness.pass(6 * MINUTE_MS)
    let found: string[] = []
    const seen = await profiled(harness.service, OWN, async () => (found = await due.list(1000)))
    const { planSummary, docsExamined, nreturned } = seen.find(({ ns }) => ns.endsWith('.accounts'))!
    expect(found).toContain(closed.id)
    expect(found).not.toContain(kept.id)
    expect(planSummary).not.toContain('COLLSCAN')
    expect(docsExamined).toBe(nreturned)
    expect(await due.count()).toBeGreaterThanOrEqual(found.length)
  })

  it('B52 that nobody verified is due at once, and after 7 days without being closed', async () => {
    const [closed, left] = [await register(harness), await register(harness)]
    expect((await close(closed)).status).toBe(202)
    expect((await logIn(harness, closed)).status).toBe(401)
    const token = await linkFor(harness, left.id, 'verify-email')
    const { refresh: again } = await loggedIn(left)
    harness.pass(GRACE_MS)
    expect((await logIn(harness, left)).status).toBe(401)
    expect((await harness.anybody.post('/v1/accounts/verify-email', { token })).status).toBe(410)
    await harness.get(CloseUnverified).execute()
    expect((await again()).status).toBe(401)
    expect(await told(identity.closureRequested, left)).toMatchObject([{ accountId: left.id, hidden: true }])
  })

  it('B52 beside a log-in leaves no session that does not say so', async () => {
    for (let round = 0; round < 5; round++) {
      const person = await verified(harness)
      const me = await loggedIn(person)
      const [closed, ...logIns] = await Promise.all([
        me.delete('/v1/me'),
        ...Array.from({ length: 3 }, () => logIn(harness, person)),
      ])
      expect(closed.status).toBe(202)
      for (const { status, body } of logIns) {
        if (status !== 201) continue
        const next = await refresh(body.refreshToken as string)
        if (next.status === 200) expect(decodeJwt(next.body.accessToken as string)).toHaveProperty('closing', true)
      }
    }
  })

  it('is one closing, however many ask', async () => {
    const person = await verified(harness)
    const sessions = [await loggedIn(person), await loggedIn(person), await loggedIn(person)]
    const answers = await Promise.all(sessions.map((me) => me.delete('/v1/me')))
    expect(answers.map(({ status }) => status)).toContain(202)
    expect(
      new Set(answers.filter(({ status }) => status === 202).map(({ body }) => body.erasesAt as string)).size,
    ).toBe(1)
    expect(await told(identity.closureRequested, person)).toHaveLength(1)
  })

  describe('the handle of an account that was ever verified', () => {
    const taken = async (handle: string) =>
      (await harness.anybody.post('/v1/accounts', registration({ handle }))).body.code
    const erase = ({ id }: Person) => harness.collection('accounts').deleteOne({ _id: id })

    it('B52 is never given out again, in no spelling, however many want it at once, and is kept as a keyed hash', async () => {
      const person = await verified(harness)
      const racing = Array.from({ length: 4 }, () => taken(person.handle))
      await close(person)
      expect(new Set(await Promise.all(racing))).toEqual(new Set(['identity.handle-taken']))
      await harness.service.untilIdle()
      await erase(person)
      const codes = await Promise.all([person.handle, person.handle.toUpperCase(), person.handle].map(taken))
      expect(codes).toEqual(Array(3).fill('identity.handle-taken'))
      const stored = JSON.stringify(await harness.collection('retired_handles').find().toArray())
      expect(stored.toLowerCase()).not.toContain(person.handle)
    })

    it('B52 is free again where nobody verified the address', async () => {
      const person = await register(harness)
      await close(person)
      await erase(person)
      expect(await taken(person.handle)).toBeUndefined()
    })
  })

  it.each(['adm1n', 'Adm-in', 'rnoderator', 'supp0rt', 'million.pictures', 'аdmin', 'pаypal', 'ＡＤＭＩＮ'])(
    'a handle that passes for one of the site’s, or for another, is refused: %s',
    async (handle) => {
      const { status } = await harness.anybody.post('/v1/accounts', registration({ handle }))
      expect([409, 422]).toContain(status)
    },
  )
})
