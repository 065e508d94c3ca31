import { identity } from '@mpics/contracts'
import type { Response } from 'supertest'
import { faultyHarness } from './setup/faulty-harness.js'
import type { Person } from './setup/people.js'

const NEW = 'another good password'

describe('B50 a password reset beside a log-in with the former password', () => {
  const faulty = faultyHarness()
  let people: typeof import('./setup/people.js')

  beforeAll(async () => {
    people = await import('./setup/people.js')
  })

  async function resetLink(person: Person) {
    await faulty.harness.anybody.post('/v1/password-resets', { email: person.email })
    return people.linkFor(faulty.harness, person.id, 'reset-password')
  }
  const reset = (token: string | null): Promise<Response> =>
    faulty.harness.anybody.post('/v1/password-resets/confirm', { token, newPassword: NEW })

  async function survivors({ id }: Person): Promise<string[]> {
    await faulty.harness.service.untilIdle()
    const sessions = await faulty.harness.collection('sessions').find({ accountId: id, endedAt: null }).toArray()
    return sessions.map(({ _id }) => _id)
  }

  it.each([
    ['ends before the session is stored', 'session.beforeInsert'],
    ['begins after the session was stored', 'session.afterInsert'],
  ])('leaves no session when it %s', async (_, point) => {
    const person = await people.verified(faulty.harness)
    const token = await resetLink(person)
    const logIn = await faulty.held(point, () => people.logIn(faulty.harness, person))
    expect((await reset(token)).status).toBe(204)
    const { status, body } = await logIn.release()
    expect([status, body.code]).toEqual([401, 'identity.login-failed'])
    expect(await survivors(person)).toEqual([])
  })

  it('ends a session whose log-in is answered before the reset has ended the others, with its tokens', async () => {
    const person = await people.verified(faulty.harness)
    const token = await resetLink(person)
    const opened = await people.logIn(faulty.harness, person)
    const resetting = await faulty.held('reset.afterSave', () => reset(token))
    const { refreshToken, sessionId } = opened.body as { refreshToken: string; sessionId: string }
    const asked = await faulty.harness.from('gateway').post('/internal/revoked-sessions', { sessionIds: [sessionId] })
    expect(asked.body).toEqual({ revoked: [sessionId] })
    const refreshed = await faulty.harness.anybody.post('/v1/sessions/refresh', { refreshToken })
    expect(refreshed.body.code).toBe('identity.session-ended')
    expect((await resetting.release()).status).toBe(204)
    expect(await survivors(person)).toEqual([])
    expect(await faulty.harness.told(identity.sessionRevoked, sessionId)).toHaveLength(1)
  })

  it('leaves no session of a log-in that stores the former password under stronger parameters', async () => {
    const { hash } = await import('@node-rs/argon2')
    const hasher = faulty.harness.get((await import('../src/passwords/password-hasher.js')).PasswordHasher)
    const person = await people.verified(faulty.harness)
    const token = await resetLink(person)
    const weak = await hash(person.password, { memoryCost: 4096, timeCost: 1 })
    await faulty.harness.collection('accounts').updateOne({ _id: person.id }, { $set: { passwordHash: weak } })
    const stronger = jest.spyOn(hasher, 'hash').mockImplementationOnce(async () => {
      await reset(token)
      return 'the former password'
    })
    expect((await people.logIn(faulty.harness, person)).status).toBe(401)
    stronger.mockRestore()
    expect(await survivors(person)).toEqual([])
  })

  it('lets the new password in at once', async () => {
    const person = await people.verified(faulty.harness)
    expect((await reset(await resetLink(person))).status).toBe(204)
    const again = await people.logIn(faulty.harness, { ...person, password: NEW })
    const { refreshToken } = again.body as { refreshToken: string }
    const refreshed = await faulty.harness.anybody.post('/v1/sessions/refresh', { refreshToken })
    expect([again.status, refreshed.status]).toEqual([201, 200])
  })
})
