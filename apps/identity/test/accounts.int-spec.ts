import { type Profiled, profiled } from '@mpics/testing'
import { OWN, ServiceHarness } from './setup/service-harness.js'
import { give } from './setup/consents.js'
import { linkFor, logIn, register, verified } from './setup/people.js'

describe('an account', () => {
  let harness: ServiceHarness
  beforeAll(async () => (harness = await ServiceHarness.open()))
  afterAll(() => harness.close())

  it('shows and changes its settings', async () => {
    const person = await register(harness, { locale: 'de' })
    const me = harness.as(person.id)
    expect((await me.get('/v1/me')).body).toEqual({
      id: person.id,
      handle: person.handle,
      email: person.email,
      emailVerified: false,
      locale: 'de',
      timeZone: 'UTC',
      roles: ['member'],
      toAccept: [],
      createdAt: expect.any(String),
    })
    const changed = await me.patch('/v1/me', { timeZone: 'Europe/Berlin', locale: 'en' })
    expect(changed.body).toMatchObject({ timeZone: 'Europe/Berlin', locale: 'en' })
    expect((await me.patch('/v1/me', { timeZone: 'Atlantis/Capital' })).status).toBe(422)
    expect((await me.patch('/v1/me', { roles: ['operator'], emailVerified: true })).status).toBe(422)
    expect((await harness.anybody.get('/v1/me')).status).toBe(401)
  })

  it('is changed only upon what was read, if the client says so', async () => {
    const me = harness.as((await register(harness)).id)
    const { etag } = (await me.get('/v1/me')).headers as { etag: string }
    const change = (ifMatch: string, timeZone: string) => me.patch('/v1/me', { timeZone }, { 'if-match': ifMatch })
    const changed = await change(etag, 'Europe/Berlin')
    expect([changed.status, changed.headers['etag']]).toEqual([200, expect.not.stringMatching(etag)])
    expect(await change(etag, 'Europe/Rome')).toMatchObject({ status: 412, body: { code: 'precondition-failed' } })
    expect((await me.get('/v1/me')).body.timeZone).toBe('Europe/Berlin')
    expect((await change(changed.headers['etag'] as string, 'Europe/Rome')).status).toBe(200)
    expect((await change('*', 'Europe/Oslo')).status).toBe(200)
    const read = await me.get('/v1/me')
    expect((await me.get('/v1/me', { 'if-none-match': read.headers['etag'] as string })).status).toBe(304)
  })

  it('keeps a time zone as the world spells it, and tells it to who writes mails', async () => {
    const person = await verified(harness)
    const me = harness.as(person.id)
    const zoneInMails = async () => {
      const { body } = await harness
        .from('notifications')
        .post('/internal/mail-recipients', { accountIds: [person.id] })
      return (body.items as { timeZone: string }[])[0]?.timeZone
    }
    expect(await zoneInMails()).toBe('UTC')
    for (const [typed, kept] of Object.entries({ 'europe/berlin': 'Europe/Berlin', 'Asia/Kolkata': 'Asia/Kolkata' })) {
      expect((await me.patch('/v1/me', { timeZone: typed })).body.timeZone).toBe(kept)
      expect(await zoneInMails()).toBe(kept)
    }
    for (const timeZone of ['+02:00', '-0330']) expect((await me.patch('/v1/me', { timeZone })).status).toBe(422)
  })

  it('gives its full name to profiles and forgets it', async () => {
    const { id, handle } = await register(harness, { fullName: 'Grace Hopper' })
    const profiles = harness.from('profiles')
    const path = `/internal/registrations/${id}`
    expect((await profiles.get(path)).body).toEqual({ accountId: id, handle, fullName: 'Grace Hopper' })
    expect((await profiles.delete(`${path}/full-name`)).status).toBe(204)
    expect((await profiles.delete(`${path}/full-name`)).status).toBe(204)
    expect((await profiles.get(path)).body.fullName).toBeNull()
    expect((await harness.from('media').get(path)).status).toBe(403)
    const nobody = '/internal/registrations/01931f3e-0000-7000-8000-000000000001'
    expect((await profiles.get(nobody)).body.code).toBe('identity.account-not-found')
    expect((await profiles.delete(`${nobody}/full-name`)).status).toBe(204)
  })

  it('is found by indexes only, and nothing is read in vain', async () => {
    const seen = await profiled(harness.service, OWN, async () => {
      const person = await verified(harness)
      const { body } = await logIn(harness, person, { tokenTransport: 'cookie' }, { cookie: 'mpbrowser=abc' })
      const me = harness.as(person.id, body.sessionId as string)
      await harness.anybody.post('/v1/sessions', { login: person.email, password: person.password })
      await me.get('/v1/sessions')
      await me.delete('/v1/sessions')
      await give(harness, person.id, 'email-news')
      await harness.from('notifications').post('/internal/mail-recipients', { accountIds: [person.id] })
      const pending = await register(harness)
      await harness.from('notifications').post('/internal/verification-links', { accountId: pending.id })
      await harness.anybody.post('/v1/accounts/verification-mails', { email: pending.email })
      await harness.from('gateway').post('/internal/unverified-accounts', { accountIds: [pending.id] })
      await harness.anybody.post('/v1/password-resets', { email: person.email })
      const token = await linkFor(harness, person.id, 'reset-password')
      await harness.anybody.post('/v1/password-resets/confirm', { token, newPassword: 'another good password' })
      await harness.from('gateway').post('/internal/revoked-sessions', { sessionIds: [body.sessionId] })
    })
    const plans = new Set(seen.map(({ ns, planSummary }) => `${ns.split('.').at(-1)} ${planSummary}`))
    expect(plans.size).toBeGreaterThan(10)
    expect([...plans].filter((plan) => plan.includes('COLLSCAN'))).toEqual([])
    const inVain = ({ op, docsExamined, nreturned, command }: Profiled) =>
      op === 'query' && docsExamined > nreturned + Number(command['skip'] ?? 1)
    expect(seen.filter(inVain)).toEqual([])
  })
})
