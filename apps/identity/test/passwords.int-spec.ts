import { identity } from '@mpics/contracts'
import { ServiceHarness } from './setup/service-harness.js'
import { FIREFOX, linkFor, logIn, register, verified } from './setup/people.js'

const NEW = 'another good password'

describe('password resets', () => {
  let harness: ServiceHarness
  beforeAll(async () => (harness = await ServiceHarness.open()))
  afterAll(() => harness.close())

  const ask = (email: string) => harness.anybody.post('/v1/password-resets', { email })
  const confirm = (token: string | null, newPassword = NEW) =>
    harness.anybody.post('/v1/password-resets/confirm', { token, newPassword })

  const storedAccount = async (id: string) =>
    (await harness.collection('accounts').findOne({ _id: id })) as unknown as { passwordChangedAt: Date }

  it('are not for an address that nobody has verified', async () => {
    const { id, email } = await register(harness)
    expect((await ask(email)).status).toBe(202)
    expect(await harness.told(identity.passwordResetRequested, id)).toEqual([])
  })

  it('leave the owner a link that works, however often others ask for the address', async () => {
    const person = await verified(harness)
    await ask(person.email)
    const owners = await linkFor(harness, person.id, 'reset-password')
    for (let i = 0; i < 8; i++) await ask(person.email)
    expect(await harness.told(identity.passwordResetRequested, person.id)).toHaveLength(3)
    harness.pass(16 * 60 * 1000)
    await ask(person.email)
    const newest = await linkFor(harness, person.id, 'reset-password')
    expect((await confirm(owners)).status).toBe(204)
    expect((await confirm(newest)).body.code).toBe('identity.link-expired')
  })

  it('B50.2 set another password once, and end every session', async () => {
    const person = await verified(harness)
    const sessions = [await logIn(harness, person), await logIn(harness, person)]
    await ask(person.email)
    const token = await linkFor(harness, person.id, 'reset-password')
    const answers = await Promise.all([confirm(token), confirm(token)])
    expect(answers.map((a) => a.status).sort()).toEqual([204, 410])
    for (const { body } of sessions) {
      const answer = await harness.anybody.post('/v1/sessions/refresh', { refreshToken: body.refreshToken })
      expect(answer.body.code).toBe('identity.session-ended')
    }
    for (const { body } of sessions)
      expect(await harness.told(identity.sessionRevoked, body.sessionId as string)).toHaveLength(1)
    expect(await harness.told(identity.passwordChanged, person.id)).toHaveLength(1)
    expect((await logIn(harness, person)).status).toBe(401)
    const again = await logIn(harness, { ...person, password: NEW })
    expect(again.status).toBe(201)
    const kept = await harness.anybody.post(
      '/v1/sessions/refresh',
      { refreshToken: again.body.refreshToken },
      { 'user-agent': FIREFOX },
    )
    expect(kept.status).toBe(200)
  })

  it('refuse a weak password and keep the link for a better one; refuse expired and made-up links', async () => {
    const person = await verified(harness)
    await ask(person.email)
    const token = await linkFor(harness, person.id, 'reset-password')
    const weak = await confirm(token, 'qwertyuiop12')
    expect({ status: weak.status, errors: weak.body.errors }).toEqual({
      status: 422,
      errors: [expect.objectContaining({ path: 'newPassword', code: 'too-common' })],
    })
    expect((await confirm('made-up')).status).toBe(410)
    harness.pass(60 * 60 * 1000)
    expect((await confirm(token)).body.code).toBe('identity.link-expired')
  })

  it('end sessions also when the process died right after the change', async () => {
    const person = await verified(harness)
    const { body } = await logIn(harness, person)
    const later = await logIn(harness, person)
    const changedAt = harness.clock.now()
    await harness.collection('accounts').updateOne({ _id: person.id }, { $set: { credentialVersion: 2 } })
    const credentials = { credentials: `2.${(await storedAccount(person.id)).passwordChangedAt.getTime()}` }
    await harness.collection('sessions').updateOne({ _id: later.body.sessionId as string }, { $set: credentials })
    const changed = identity.passwordChanged.of({ accountId: person.id, changedAt: changedAt.toISOString() })
    await harness.service.publish(changed, { sequence: 99 })
    await harness.service.untilIdle()
    expect(await harness.told(identity.sessionRevoked, body.sessionId as string)).toHaveLength(1)
    expect(await harness.told(identity.sessionRevoked, later.body.sessionId as string)).toEqual([])
  })
})
