import { identity } from '@mpics/contracts'
import { ServiceHarness } from './setup/service-harness.js'
import { linkFor, register, verified } from './setup/people.js'

describe('verifying an address', () => {
  let harness: ServiceHarness
  beforeAll(async () => (harness = await ServiceHarness.open()))
  afterAll(() => harness.close())

  const verify = (token: unknown) => harness.anybody.post('/v1/accounts/verify-email', { token })
  const mailsOf = async (id: string) => (await harness.told(identity.verificationRequested, id)).length

  it('works with the link of the mail, and again without effect', async () => {
    const { id } = await register(harness)
    const token = await linkFor(harness, id, 'verify-email')
    expect((await verify(token)).status).toBe(204)
    expect((await verify(token)).status).toBe(204)
    expect(await harness.told(identity.emailVerified, id)).toHaveLength(1)
  })

  it('counts once when the link is followed twice at once', async () => {
    const { id } = await register(harness)
    const token = await linkFor(harness, id, 'verify-email')
    const answers = await Promise.all([verify(token), verify(token), verify(token)])
    expect(answers.map((a) => a.status)).toEqual([204, 204, 204])
    expect(await harness.told(identity.emailVerified, id)).toHaveLength(1)
  })

  it('lets one of two accounts with the same address have it', async () => {
    const one = await register(harness)
    const two = await register(harness, { email: one.email })
    const tokens = await Promise.all([one, two].map(({ id }) => linkFor(harness, id, 'verify-email')))
    const answers = await Promise.all(tokens.map(verify))
    expect(answers.map((a) => a.status).sort()).toEqual([204, 409])
    expect(answers.find((a) => a.status === 409)?.body.code).toBe('identity.email-taken')
  })

  it('refuses a made-up link, an expired one, and the link of an earlier mail', async () => {
    const person = await register(harness)
    const first = await linkFor(harness, person.id, 'verify-email')
    expect((await harness.anybody.post('/v1/accounts/verification-mails', { email: person.email })).status).toBe(202)
    expect((await verify(first)).body.code).toBe('identity.link-expired')
    expect((await verify('made-up')).status).toBe(410)
    const second = await linkFor(harness, person.id, 'verify-email')
    harness.pass(24 * 60 * 60 * 1000)
    expect((await verify(second)).body.code).toBe('identity.link-expired')
  })

  it('stores no link that would work, and no GET follows one', async () => {
    const { id } = await register(harness)
    const token = (await linkFor(harness, id, 'verify-email')) ?? ''
    expect(await harness.everything()).not.toContain(token)
    expect((await harness.anybody.get(`/v1/accounts/verify-email?token=${token}`)).status).toBe(404)
  })

  it('sends few mails to one address, none to a verified one, and never says which', async () => {
    const waiting = await register(harness)
    const done = await verified(harness)
    const ask = async (email: string) => {
      const { status, body } = await harness.anybody.post('/v1/accounts/verification-mails', { email })
      return { status, body: body as unknown }
    }
    const answers = [await ask(done.email), await ask('nobody@example.org')]
    for (let i = 0; i < 6; i++) answers.push(await ask(waiting.email))
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1)
    expect(answers[0]?.status).toBe(202)
    expect(await mailsOf(waiting.id)).toBe(1 + 3)
    expect(await mailsOf(done.id)).toBe(1)
  })

  it('has no links for others than notifications', async () => {
    for (const service of ['gateway', 'profiles'] as const)
      expect((await harness.from(service).post('/internal/links', {})).status).toBe(403)
  })
})
