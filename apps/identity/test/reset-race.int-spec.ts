import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identity } from '@mpics/contracts'
import { eventually } from '@mpics/testing/eventually'
import type { Response } from 'supertest'
import type { Person } from './setup/people.js'
import type { ServiceHarness } from './setup/service-harness.js'

const NEW = 'another good password'

describe('B50 a password reset beside a log-in with the former password', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-reset-race-'))
  const fault = join(folder, 'fault')
  const said: string[] = []
  let harness: ServiceHarness
  let people: typeof import('./setup/people.js')

  beforeAll(async () => {
    // before the service is loaded: it reads at its start which file arms its fail-points
    process.env['FAULT'] = `@${fault}`
    people = await import('./setup/people.js')
    harness = await (await import('./setup/service-harness.js')).ServiceHarness.open()
    delete process.env['FAULT']
    jest.spyOn(process.stderr, 'write').mockImplementation((line) => said.push(String(line)) > 0)
  })
  afterAll(async () => {
    jest.restoreAllMocks()
    await harness.close()
    rmSync(folder, { recursive: true })
  })

  /** Begins what a fail-point holds, and resolves once it is held there. */
  async function held<T>(point: string, begin: () => Promise<T>): Promise<{ release: () => Promise<T> }> {
    said.length = 0
    writeFileSync(fault, `${point}:hold`)
    const begun = begin()
    await eventually(`${point} to hold`, () => said.join('').includes(`fail-point ${point}: hold`))
    return {
      release: () => {
        rmSync(fault)
        return begun
      },
    }
  }

  async function resetLink(person: Person) {
    await harness.anybody.post('/v1/password-resets', { email: person.email })
    return people.linkFor(harness, person.id, 'reset-password')
  }
  const reset = (token: string | null): Promise<Response> =>
    harness.anybody.post('/v1/password-resets/confirm', { token, newPassword: NEW })

  async function survivors({ id }: Person): Promise<string[]> {
    await harness.service.untilIdle()
    const sessions = await harness.collection('sessions').find({ accountId: id, endedAt: null }).toArray()
    return sessions.map(({ _id }) => _id)
  }

  it.each([
    ['ends before the session is stored', 'session.beforeInsert'],
    ['begins after the session was stored', 'session.afterInsert'],
  ])('leaves no session when it %s', async (_, point) => {
    const person = await people.verified(harness)
    const token = await resetLink(person)
    const logIn = await held(point, () => people.logIn(harness, person))
    expect((await reset(token)).status).toBe(204)
    const { status, body } = await logIn.release()
    expect([status, body.code]).toEqual([401, 'identity.login-failed'])
    expect(await survivors(person)).toEqual([])
  })

  it('ends a session whose log-in is answered before the reset has ended the others, with its tokens', async () => {
    const person = await people.verified(harness)
    const token = await resetLink(person)
    const opened = await people.logIn(harness, person)
    const resetting = await held('reset.afterSave', () => reset(token))
    const { refreshToken, sessionId } = opened.body as { refreshToken: string; sessionId: string }
    const asked = await harness.from('gateway').post('/internal/revoked-sessions', { sessionIds: [sessionId] })
    expect(asked.body).toEqual({ revoked: [sessionId] })
    const refreshed = await harness.anybody.post('/v1/sessions/refresh', { refreshToken })
    expect(refreshed.body.code).toBe('identity.session-ended')
    expect((await resetting.release()).status).toBe(204)
    expect(await survivors(person)).toEqual([])
    expect(await harness.told(identity.sessionRevoked, sessionId)).toHaveLength(1)
  })

  it('leaves no session of a log-in that stores the former password under stronger parameters', async () => {
    const { hash } = await import('@node-rs/argon2')
    const hasher = harness.get((await import('../src/passwords/password-hasher.js')).PasswordHasher)
    const person = await people.verified(harness)
    const token = await resetLink(person)
    const weak = await hash(person.password, { memoryCost: 4096, timeCost: 1 })
    await harness.collection('accounts').updateOne({ _id: person.id }, { $set: { passwordHash: weak } })
    const stronger = jest.spyOn(hasher, 'hash').mockImplementationOnce(async () => {
      await reset(token)
      return 'the former password'
    })
    expect((await people.logIn(harness, person)).status).toBe(401)
    stronger.mockRestore()
    expect(await survivors(person)).toEqual([])
  })

  it('lets the new password in at once', async () => {
    const person = await people.verified(harness)
    expect((await reset(await resetLink(person))).status).toBe(204)
    const again = await people.logIn(harness, { ...person, password: NEW })
    const { refreshToken } = again.body as { refreshToken: string }
    const refreshed = await harness.anybody.post('/v1/sessions/refresh', { refreshToken })
    expect([again.status, refreshed.status]).toEqual([201, 200])
  })
})
