import { profiled } from '@mpics/testing'
import { identity } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { AdvanceRecoveries } from '../src/factor-recoveries/advance-recoveries.js'
import { begun, complete, nextCode, type Protected, withTotp } from './setup/factors.js'
import { linkFor, logIn, verified } from './setup/people.js'
import { OWN, ServiceHarness } from './setup/service-harness.js'

describe('somebody who has lost the factors', () => {
  let harness: ServiceHarness
  beforeAll(async () => (harness = await ServiceHarness.open()))
  afterAll(() => harness.close())

  const ask = ({ handle, password }: { handle: string; password: string }) =>
    harness.anybody.post('/v1/factor-recoveries', { login: handle, password })
  const linkOf = async ({ id }: Protected, link: 'confirm' | 'cancel') => {
    const account = await harness.collection('accounts').findOne({ _id: id })
    const { recovery } = account?.['factors'] as { recovery: Record<string, { id: string }> }
    const request = { kind: `${link}-factor-recovery`, accountId: id, requestId: recovery[link]?.id }
    return (await harness.from('notifications').post('/internal/links', request)).body.token as string
  }
  const told = async ({ id }: Protected) => (await harness.told(identity.factorRecoveryAnnounced, id)).length
  const advance = () => harness.get(AdvanceRecoveries).advanceAll()
  const begin = async (person: Protected) => {
    expect((await ask(person)).status).toBe(202)
    return harness.anybody.post('/v1/factor-recoveries/confirm', { token: await linkOf(person, 'confirm') })
  }
  async function forgetful(): Promise<Protected> {
    const person = await withTotp(harness)
    harness.pass(7 * DAY_MS)
    return person
  }

  it('loses them 72 hours after the link in the mail, told at its start and daily', async () => {
    const person = await forgetful()
    const started = await begin(person)
    expect(Date.parse(started.body.dueAt as string) - harness.clock.now().getTime()).toBeGreaterThan(
      3 * DAY_MS - 60_000,
    )
    for (const mails of [1, 2, 3]) {
      await Promise.all([advance(), advance()])
      expect(await told(person)).toBe(mails)
      expect((await logIn(harness, person)).body.code).toBe('identity.factor-needed')
      harness.pass(DAY_MS)
    }
    await Promise.all([advance(), advance()])
    expect((await logIn(harness, person)).status).toBe(201)
    expect(await told(person)).toBe(3)
    expect(await harness.told(identity.factorRecoveryFinished, person.id)).toHaveLength(1)
  })

  it('needs the password, unchanged for seven days, and the link', async () => {
    const person = await withTotp(harness)
    expect((await ask({ ...person, password: 'a wrong guess' })).body.code).toBe('identity.login-failed')
    expect((await ask(person)).body).toMatchObject({ code: 'identity.password-too-new', notBefore: expect.any(String) })
    const token = 'an invented link'
    expect((await harness.anybody.post('/v1/factor-recoveries/confirm', { token })).status).toBe(410)
    const without = await verified(harness)
    harness.pass(7 * DAY_MS)
    expect((await ask(without)).status).toBe(202)
    expect(await harness.told(identity.factorRecoveryRequested, without.id)).toEqual([])
  })

  it('keeps them after any log-in with one, a click in a mail, or a wish of their own', async () => {
    const ways: ((person: Protected) => Promise<{ status: number }>)[] = [
      async (person) => complete(harness, await begun(harness, person), { code: nextCode(harness, person.secret) }),
      async (person) => complete(harness, await begun(harness, person), { recoveryCode: person.recoveryCodes[0] }),
      async (person) => harness.anybody.post('/v1/factor-recoveries/cancel', { token: await linkOf(person, 'cancel') }),
      (person) => harness.as(person.id, person.sessionId).delete('/v1/factor-recoveries'),
    ]
    for (const keep of ways) {
      const person = await forgetful()
      expect((await begin(person)).status).toBe(200)
      expect((await keep(person)).status).toBeLessThan(300)
      harness.pass(3 * DAY_MS)
      await advance()
      expect((await logIn(harness, person)).body.code).toBe('identity.factor-needed')
      expect(await harness.told(identity.factorRecoveryCancelled, person.id)).toHaveLength(1)
    }
  })

  it('begins anew with the seven days after a reset of the password', async () => {
    const person = await forgetful()
    await begin(person)
    await harness.anybody.post('/v1/password-resets', { email: person.email })
    const token = await linkFor(harness, person.id, 'reset-password')
    const newPassword = 'quite another good password'
    await harness.anybody.post('/v1/password-resets/confirm', { token, newPassword })
    harness.pass(3 * DAY_MS)
    await advance()
    const now = { ...person, password: newPassword }
    expect((await logIn(harness, now)).body.code).toBe('identity.factor-needed')
    expect((await ask(now)).body.code).toBe('identity.password-too-new')
  })

  it('is found by an index, of however many accounts', async () => {
    const seen = await profiled(harness.service, OWN, advance)
    const looks = seen.filter(({ ns, command }) => ns.endsWith('.accounts') && command['sort'])
    expect(looks.map(({ planSummary }) => planSummary)).toEqual([
      expect.stringMatching(/^IXSCAN \{ factors\.recovery\.nextAt: 1 \}/),
    ])
  })
})
