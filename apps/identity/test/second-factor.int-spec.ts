import { identity } from '@mpics/contracts'
import { logIn, verified } from './setup/people.js'
import { begun, codeOf, complete, nextCode, withTotp } from './setup/factors.js'
import { ServiceHarness } from './setup/service-harness.js'

const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status).sort()

describe('an authenticator app', () => {
  let harness: ServiceHarness
  beforeAll(async () => (harness = await ServiceHarness.open()))
  afterAll(() => harness.close())

  it('counts once a code of it was seen, ends other sessions, and is told', async () => {
    const person = await verified(harness)
    const [{ body: mine }, { body: other }] = [await logIn(harness, person), await logIn(harness, person)]
    const me = harness.as(person.id, mine.sessionId as string)
    const { body: made } = await me.post('/v1/me/authenticators/totp')
    expect(made).toMatchObject({
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
      uri: expect.stringMatching(/^otpauth:/),
    })
    expect((await logIn(harness, person)).status).toBe(201)
    const confirm = (code: string) => me.post('/v1/me/authenticators/totp/confirm', { code })
    expect((await confirm('000000')).body.code).toBe('identity.factor-failed')
    const { status, body } = await confirm(codeOf(harness, made.secret as string))
    expect([status, body.recoveryCodes.length, new Set(body.recoveryCodes).size]).toEqual([200, 10, 10])
    expect((await logIn(harness, person)).body.code).toBe('identity.factor-needed')
    const refreshed = (refreshToken: string) => harness.anybody.post('/v1/sessions/refresh', { refreshToken })
    expect((await refreshed(other.refreshToken as string)).status).toBe(401)
    expect((await me.get('/v1/me/authenticators')).body).toMatchObject({ recoveryCodesLeft: 10, passkeys: 0 })
    expect(await harness.told(identity.factorAdded, person.id)).toMatchObject([{ data: { factor: 'totp' } }])
    expect(JSON.stringify((await me.get('/v1/me')).body)).not.toContain(made.secret)
  })

  it('logs in after the password with a code, and with no code twice', async () => {
    const person = await withTotp(harness)
    const code = nextCode(harness, person.secret)
    const { body } = await logIn(harness, person)
    expect(body).toMatchObject({ sessionId: expect.any(String), factors: ['totp', 'recovery-code'], expiresIn: 600 })
    const opened = await complete(harness, body.sessionId as string, { code })
    expect([opened.status, opened.body.sessionId]).toEqual([201, body.sessionId])
    expect((await complete(harness, body.sessionId as string, { code })).status).toBe(410)
    expect((await complete(harness, await begun(harness, person), { code })).body.code).toBe('identity.factor-failed')
  })

  it('is asked for in a known browser, too', async () => {
    const person = await withTotp(harness)
    const first = await complete(harness, await begun(harness, person), { code: nextCode(harness, person.secret) })
    expect((await logIn(harness, person, { browserToken: first.body.browserToken as string })).body.code).toBe(
      'identity.factor-needed',
    )
  })

  it('is confirmed once, and one code is taken once, by however many at once', async () => {
    const person = await verified(harness)
    const { sessionId } = (await logIn(harness, person)).body as { sessionId: string }
    const me = harness.as(person.id, sessionId)
    const { secret } = (await me.post('/v1/me/authenticators/totp')).body as { secret: string }
    const code = codeOf(harness, secret)
    const confirm = () => me.post('/v1/me/authenticators/totp/confirm', { code })
    expect(statuses(await Promise.all([confirm(), confirm(), confirm()]))).toEqual([200, 409, 409])
    const next = nextCode(harness, secret)
    const ids = await Promise.all([1, 2, 3].map(() => begun(harness, { ...person })))
    expect(statuses(await Promise.all(ids.map((id) => complete(harness, id, { code: next }))))).toEqual([201, 403, 403])
  })

  it('has ten recovery codes, each for one log-in, typed in any way; new ones end them', async () => {
    const person = await withTotp(harness)
    const [first, second] = person.recoveryCodes as [string, string]
    const ids = await Promise.all([1, 2].map(() => begun(harness, person)))
    const typed = first.toUpperCase().replaceAll('-', ' ')
    const answers = await Promise.all(ids.map((id) => complete(harness, id, { recoveryCode: typed })))
    expect(statuses(answers)).toEqual([201, 403])
    const me = harness.as(person.id, person.sessionId)
    expect((await me.get('/v1/me/authenticators')).body.recoveryCodesLeft).toBe(9)
    expect((await me.post('/v1/me/authenticators/recovery-codes')).body.recoveryCodes).toHaveLength(10)
    expect((await complete(harness, await begun(harness, person), { recoveryCode: second })).status).toBe(403)
    expect(await harness.told(identity.recoveryCodeUsed, person.id)).toHaveLength(1)
  })

  it('is guessed at five times a log-in, and ten times in a row', async () => {
    const person = await withTotp(harness)
    const id = await begun(harness, person)
    const guesses = await Promise.all(Array.from({ length: 7 }, () => complete(harness, id, { code: '000000' })))
    expect(statuses(guesses)).toEqual([403, 403, 403, 403, 403, 410, 410])
    const again = await begun(harness, person)
    for (let n = 0; n < 5; n++) await complete(harness, again, { code: '000000' })
    const third = await begun(harness, person)
    expect((await complete(harness, third, { code: codeOf(harness, person.secret, 1) })).status).toBe(429)
    harness.pass(31_000)
    expect((await complete(harness, third, { code: nextCode(harness, person.secret) })).status).toBe(201)
  })

  it('B50 tells its owner once in a day that several wrong factors followed the right password', async () => {
    const person = await withTotp(harness)
    const told = async () => (await harness.told(identity.factorsGuessed, person.id)).length
    const guess = async (times: number) => {
      const id = await begun(harness, person)
      const tries = Array.from({ length: times }, () => complete(harness, id, { code: '000000' }))
      expect(new Set((await Promise.all(tries)).map(({ body }) => body.code))).toEqual(
        new Set(['identity.factor-failed']),
      )
    }
    await guess(3)
    await complete(harness, await begun(harness, person), { code: nextCode(harness, person.secret) })
    await guess(1)
    expect(await told()).toBe(0)
    await guess(1)
    await guess(4)
    expect(await told()).toBe(1)
    await complete(harness, await begun(harness, person), { recoveryCode: person.recoveryCodes[0] })
    harness.pass(86_400_000)
    await guess(5)
    expect(await told()).toBe(2)
    expect(JSON.stringify(await harness.told(identity.factorsGuessed, person.id))).not.toContain(person.handle)
  })

  it('is not told of a mistyped code while it is set up', async () => {
    const person = await verified(harness)
    const { sessionId } = (await logIn(harness, person)).body as { sessionId: string }
    const me = harness.as(person.id, sessionId)
    await me.post('/v1/me/authenticators/totp')
    for (let n = 0; n < 6; n++) await me.post('/v1/me/authenticators/totp/confirm', { code: '000000' })
    expect(await harness.told(identity.factorsGuessed, person.id)).toEqual([])
  })

  it('completes no log-in after ten minutes, nor after the password has moved', async () => {
    const person = await withTotp(harness)
    const [late, moved] = [await begun(harness, person), await begun(harness, person)]
    const me = harness.as(person.id, person.sessionId)
    const change = { currentPassword: person.password, newPassword: 'quite another good password' }
    expect((await me.put('/v1/me/password', change)).status).toBe(204)
    expect((await complete(harness, moved, { code: nextCode(harness, person.secret) })).status).toBe(410)
    harness.pass(10 * 60_000)
    expect((await complete(harness, late, { code: nextCode(harness, person.secret) })).status).toBe(410)
  })

  it('proves who somebody is, and so does a recovery code', async () => {
    const person = await withTotp(harness)
    const me = harness.as(person.id, person.sessionId)
    harness.pass(10 * 60_000)
    const refused = await me.delete('/v1/me/authenticators/totp')
    expect([refused.status, refused.body.accepts.sort()]).toEqual([401, ['recovery-code', 'totp']])
    expect((await me.post('/v1/sessions/current/proof', { password: person.password })).status).toBe(204)
    expect((await me.delete('/v1/me/authenticators/totp')).body.code).toBe('identity.proof-needed')
    const prove = (code: string) => me.post('/v1/sessions/current/proof', { code })
    const code = nextCode(harness, person.secret)
    expect((await prove(code)).status).toBe(204)
    expect((await prove(code)).status).toBe(403)
    expect((await prove(person.recoveryCodes[0]!)).status).toBe(204)
    expect((await me.delete('/v1/me/authenticators/totp')).status).toBe(204)
    expect((await logIn(harness, person)).status).toBe(201)
    expect((await me.get('/v1/me/authenticators')).body).toEqual({ totp: null, recoveryCodesLeft: 0, passkeys: 0 })
  })

  it('leaves neither its secret nor a recovery code in what is stored, told or logged', async () => {
    const person = await withTotp(harness)
    const everything = await harness.everything()
    for (const secret of [person.secret, ...person.recoveryCodes]) expect(everything).not.toContain(secret)
  })
})
