import { identity } from '@mpics/contracts'
import { MINUTE_MS } from '@mpics/contracts/durations'
import { FIREFOX, logIn, type Person, verified } from './setup/people.js'
import { ServiceHarness } from './setup/service-harness.js'

describe('sessions for pages', () => {
  let harness: ServiceHarness
  let person: Person
  beforeAll(async () => {
    harness = await ServiceHarness.open()
    person = await verified(harness)
  })
  afterAll(() => harness.close())

  const exchange = (refreshToken: string) => harness.from('gateway').post('/internal/page-sessions', { refreshToken })
  const enter = (pageSecret: string) => harness.from('gateway').post('/internal/page-sessions/entries', { pageSecret })
  const refresh = (refreshToken: string) =>
    harness.anybody.post('/v1/sessions/refresh', { refreshToken }, { 'user-agent': FIREFOX })
  async function open(extra: object = {}) {
    const { body } = await logIn(harness, person, extra)
    const opened = await exchange(body.refreshToken as string)
    return {
      sessionId: body.sessionId as string,
      refreshToken: body.refreshToken as string,
      secret: opened.body.pageSecret as string,
      opened,
    }
  }

  it('are let in by their secret as often as they like, and a repeated exchange gives the same', async () => {
    const { refreshToken, secret, opened } = await open()
    expect(opened.body).toMatchObject({ sharedComputer: false, expiresAt: expect.stringMatching(/Z$/) })
    const again = await Promise.all([exchange(refreshToken), exchange(refreshToken)])
    expect(again.map(({ body }) => body.pageSecret as string)).toEqual([secret, secret])
    const entries = await Promise.all(Array.from({ length: 5 }, () => enter(secret)))
    expect(entries.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(entries[0]!.body.accessToken).toMatch(/^eyJ/)
  })

  it('have no refresh token any more: one that is used is stolen, and ends them', async () => {
    const { refreshToken, secret } = await open()
    expect((await refresh(secret)).body.code).toBe('identity.refresh-invalid')
    expect((await enter(refreshToken)).body.code).toBe('identity.session-ended')
    expect((await refresh(refreshToken)).body.code).toBe('identity.refresh-reused')
    expect((await enter(secret)).body.code).toBe('identity.session-ended')
  })

  it('are no others: a session that was opened for programs has no secret', async () => {
    const { body } = await logIn(harness, person)
    const next = (await refresh(body.refreshToken as string)).body.refreshToken as string
    expect((await exchange(body.refreshToken as string)).body.code).toBe('identity.session-ended')
    expect((await refresh(next)).status).toBe(401)
    expect((await exchange('made up')).body.code).toBe('identity.refresh-invalid')
  })

  it('B49 end at once by a log-off, and from elsewhere', async () => {
    const ended = async (secret: string) => (await enter(secret)).body.code as string
    const [mine, other] = [await open(), await open()]
    const me = harness.as(person.id, mine.sessionId)
    await me.delete(`/v1/sessions/${other.sessionId}`)
    expect([await ended(other.secret), (await enter(mine.secret)).status]).toEqual(['identity.session-ended', 200])
    await me.delete('/v1/sessions/current')
    expect(await ended(mine.secret)).toBe('identity.session-ended')
    expect(await harness.told(identity.sessionRevoked, mine.sessionId)).toHaveLength(1)
  })

  it('B50 end with a new password, all but the one that sets it', async () => {
    person = await verified(harness)
    const [mine, other] = [await open(), await open()]
    const passwords = { currentPassword: person.password, newPassword: `${person.password} and more` }
    expect((await harness.as(person.id, mine.sessionId).put('/v1/me/password', passwords)).status).toBe(204)
    expect([(await enter(mine.secret)).status, (await enter(other.secret)).status]).toEqual([200, 401])
    person = { ...person, password: passwords.newPassword }
  })

  it('idle out, sooner on a shared computer, and are not written at each page', async () => {
    const [own, shared] = [await open(), await open({ sharedComputer: true })]
    const seen = async () =>
      (await harness.collection('sessions').findOne({ _id: own.sessionId }))!['lastSeenAt'] as Date
    const before = await seen()
    harness.pass(9 * MINUTE_MS)
    expect([(await enter(own.secret)).status, (await enter(shared.secret)).status]).toEqual([200, 200])
    expect(await seen()).toEqual(before)
    harness.pass(9 * MINUTE_MS)
    expect([(await enter(own.secret)).status, (await enter(shared.secret)).status]).toEqual([200, 200])
    expect((await seen()).getTime()).toBeGreaterThan(before.getTime())
    harness.pass(31 * MINUTE_MS)
    expect([(await enter(own.secret)).status, (await enter(shared.secret)).status]).toEqual([200, 401])
  })

  it('are stored without what opens them', async () => {
    const { secret } = await open()
    const everything = await harness.everything()
    expect(everything).not.toContain(secret)
    expect(everything).not.toContain(secret.slice(32, 96))
  })

  it('are for the gateway alone', async () => {
    const { secret } = await open()
    for (const service of ['profiles', 'media', 'notifications', 'analytics'] as const)
      expect((await harness.from(service).post('/internal/page-sessions/entries', { pageSecret: secret })).status).toBe(
        403,
      )
  })
})
