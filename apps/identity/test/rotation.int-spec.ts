import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { PersonalData } from '@mpics/mongo'
import { ResealSecrets } from '../src/authenticators/reseal-secrets.js'
import { begun, complete, nextCode, withTotp } from './setup/factors.js'
import { FIREFOX, linkFor, logIn, type Person, register, verified } from './setup/people.js'
import { ServiceHarness } from './setup/service-harness.js'

const [FORMER, NEXT] = ['f'.repeat(40), 'n'.repeat(40)]

/** The states of one rotation, side by side on one database. */
describe('while secrets are replaced', () => {
  let before: ServiceHarness
  let ready: ServiceHarness
  let during: ServiceHarness
  let after: ServiceHarness
  let person: Person

  beforeAll(async () => {
    before = await ServiceHarness.open({ IDENTITY_SECRET: FORMER })
    const { environment } = before.service
    const { keys } = JSON.parse(environment['IDENTITY_SIGNING_KEYS']!) as { keys: object[] }
    const turned = JSON.stringify({ keys: keys.toReversed() })
    const shared = { ...environment, IDENTITY_SIGNING_KEYS: turned }
    ready = await ServiceHarness.open({ ...shared, IDENTITY_SECRET: `${FORMER},${NEXT}` })
    during = await ServiceHarness.open({ ...shared, IDENTITY_SECRET: `${NEXT},${FORMER}` })
    after = await ServiceHarness.open({ ...shared, IDENTITY_SECRET: NEXT })
    person = await verified(before)
  })
  afterAll(async () => {
    await after.service.halt()
    await during.service.halt()
    await ready.service.halt()
    await before.close()
  })

  const refresh = async (at: ServiceHarness, refreshToken: unknown) => {
    const headers = { 'user-agent': FIREFOX }
    const { status, body } = await at.anybody.post('/v1/sessions/refresh', { refreshToken }, headers)
    return { status, token: body.refreshToken as string }
  }

  it('a session goes on, and moves to the new secret', async () => {
    const { body } = await logIn(before, person)
    const moved = await refresh(during, body.refreshToken)
    expect(moved.status).toBe(200)
    expect((await refresh(after, moved.token)).status).toBe(200)
  })

  it('a session that was not used meanwhile ends with the former secret', async () => {
    const { body } = await logIn(before, person)
    expect((await refresh(after, body.refreshToken)).status).toBe(401)
  })

  it('a token that is used at replicas which make with other secrets has one successor', async () => {
    const { body } = await logIn(before, person)
    const uses = await Promise.all([ready, during, ready, during].map((at) => refresh(at, body.refreshToken)))
    expect(uses.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(new Set(uses.map(({ token }) => token)).size).toBe(1)
  })

  it('a mail that is sent later carries the link that was asked for before', async () => {
    const newcomer = await register(before)
    const token = await linkFor(during, newcomer.id, 'verify-email')
    expect((await during.anybody.post('/v1/accounts/verify-email', { token })).status).toBe(204)
    await expect(linkFor(after, (await register(before)).id, 'verify-email')).rejects.toThrow('link-expired')
  })

  it('an access token stays good, since both keys are published before and after the first one changes', async () => {
    const { body } = await logIn(before, person)
    const { body: later } = await logIn(during, person)
    for (const at of [before, during])
      for (const [token, kid] of [
        [body.accessToken, 'now'],
        [later.accessToken, 'next'],
      ]) {
        const keys = (await at.anybody.get('/.well-known/jwks.json')).body as JSONWebKeySet
        const { protectedHeader } = await jwtVerify(token as string, createLocalJWKSet(keys))
        expect(protectedHeader.kid).toBe(kid)
      }
  })

  it('the key whose time comes signs by itself, at replicas with and without it, and no token is refused', async () => {
    const { environment } = before.service
    const { keys } = JSON.parse(environment['IDENTITY_SIGNING_KEYS']!) as { keys: object[] }
    const nbf = Math.floor(before.clock.now().getTime() / 1000) + 3600
    const timed = JSON.stringify({ keys: [keys[0], { ...keys[1], nbf }] })
    const other = await ServiceHarness.open({ ...environment, IDENTITY_SIGNING_KEYS: timed })
    const kidOf = async (at: ServiceHarness) => {
      const { body } = await logIn(at, person)
      const published = (await before.anybody.get('/.well-known/jwks.json')).body as JSONWebKeySet
      const options = { currentDate: at.clock.now() }
      return (await jwtVerify(body.accessToken as string, createLocalJWKSet(published), options)).protectedHeader.kid
    }
    expect(await kidOf(other)).toBe('now')
    other.pass(3_600_000)
    expect([await kidOf(other), await kidOf(before)]).toEqual(['next', 'now'])
    await other.service.halt()
  })

  it('the secret of an authenticator app moves when a code of it is taken; without, recovery codes are left', async () => {
    const [moved, left] = [await withTotp(before), await withTotp(before)]
    const logInAt = async (at: ServiceHarness, whose: typeof moved, factor: object) =>
      (await complete(at, await begun(at, whose), factor)).status
    expect(await logInAt(during, moved, { code: nextCode(during, moved.secret) })).toBe(201)
    after.pass(30_000)
    expect(await logInAt(after, moved, { code: nextCode(after, moved.secret) })).toBe(201)
    expect(await logInAt(after, left, { code: nextCode(after, left.secret) })).toBe(403)
    expect(await logInAt(after, left, { recoveryCode: left.recoveryCodes[0] })).toBe(201)
  })

  it('the secret of an app whose codes nobody uses moves by itself, and stays good without the former secret', async () => {
    const person = await withTotp(before)
    const [one, two] = await Promise.all([1, 2].map(() => during.get(ResealSecrets).execute()))
    expect(one! + two!).toBeGreaterThan(0)
    expect(await during.get(ResealSecrets).execute()).toBe(0)
    const code = nextCode(after, person.secret)
    expect((await complete(after, await begun(after, person), { code })).status).toBe(201)
    expect(await after.get(ResealSecrets).execute()).toBe(0)
  })

  it('attempts that were counted under the former secret are erased too', async () => {
    const { id, handle } = await verified(before)
    await logIn(before, { id, handle, email: '', password: 'a wrong one' })
    const attempts = () => before.collection('attempts').countDocuments()
    const counted = await attempts()
    const store = during
      .get(PersonalData)
      .held()
      .find((held) => 'collection' in held.store && held.store.collection === 'attempts')!
    await store.erase(id)
    expect(await attempts()).toBeLessThan(counted)
  })
})
