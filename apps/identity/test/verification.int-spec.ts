import { randomUUID } from 'node:crypto'
import { type ApiAnswer, identity } from '@mpics/contracts'
import { HOUR_MS } from '@mpics/contracts/durations'
import { commandsOf } from './setup/commands.js'
import { ServiceHarness } from './setup/service-harness.js'
import { linkFor, type Person, register, verified } from './setup/people.js'

describe('verifying an address', () => {
  let harness: ServiceHarness
  beforeAll(async () => (harness = await ServiceHarness.open()))
  afterAll(() => harness.close())

  const verify = (token: unknown) => harness.anybody.post('/v1/accounts/verify-email', { token })
  const ask = async (email: string) => (await harness.anybody.post('/v1/accounts/verification-mails', { email })).status
  const mailLinks = (accountId: string) =>
    harness.from('notifications').post('/internal/verification-links', { accountId })
  const mailTo = async ({ id }: Person) => (await mailLinks(id)).body as ApiAnswer<typeof identity.verificationLinks>
  const twoOf = async (): Promise<[Person, Person]> => {
    const one = await register(harness)
    harness.pass(1)
    return [one, await register(harness, { email: one.email })]
  }
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

  it('lets one of two accounts with the same address have it, whichever is first', async () => {
    const [one, two] = await twoOf()
    const tokens = await Promise.all([one, two].map(({ id }) => linkFor(harness, id, 'verify-email')))
    const answers = await Promise.all(tokens.map(verify))
    expect(answers.filter((a) => a.status === 204)).toHaveLength(1)
    const refused = answers.find((a) => a.status !== 204)?.body as { code: string }
    expect(['identity.email-taken', 'identity.link-expired']).toContain(refused.code)
  })

  it('ends the links of the others, which stay unverified', async () => {
    const [stranger, owner] = await twoOf()
    const strangers = await linkFor(harness, stranger.id, 'verify-email')
    expect((await verify(await linkFor(harness, owner.id, 'verify-email'))).status).toBe(204)
    expect((await verify(strangers)).body.code).toBe('identity.link-expired')
    expect((await harness.as(stranger.id).get('/v1/me')).body.emailVerified).toBe(false)
    const stored = await harness.collection('accounts').findOne({ _id: stranger.id })
    expect(stored?.['verification']).toBeNull()
  })

  it('ends the links of the others also when the process died right after the proof', async () => {
    const [stranger, owner] = await twoOf()
    const $set = { emailVerifiedAt: harness.clock.now() }
    await harness.collection('accounts').updateOne({ _id: owner.id }, { $set })
    const verifiedAt = $set.emailVerifiedAt.toISOString()
    await harness.service.publish(identity.emailVerified.of({ accountId: owner.id, verifiedAt }), { sequence: 99 })
    await harness.service.untilIdle()
    const stored = await harness.collection('accounts').findOne({ _id: stranger.id })
    expect(stored?.['verification']).toBeNull()
  })

  it('says which account a link is for before it is used', async () => {
    const { id, handle } = await register(harness)
    const token = await linkFor(harness, id, 'verify-email')
    const describe = (token: string | null) => harness.from('gateway').post('/internal/verifications', { token })
    const answer = await describe(token)
    expect(answer.body).toEqual({ handle, registeredAt: expect.any(String) })
    expect((await harness.as(id).get('/v1/me')).body.emailVerified).toBe(false)
    expect((await describe('made-up')).body.code).toBe('identity.link-expired')
    expect((await harness.from('notifications').post('/internal/verifications', { token })).status).toBe(403)
  })

  it('refuses a made-up link and an expired one; the link of an earlier mail stays valid', async () => {
    const person = await register(harness)
    const first = await mailTo(person)
    const [link] = first.items
    expect(await ask(person.email)).toBe(202)
    expect(await mailsOf(person.id)).toBe(2)
    const second = await mailTo(person)
    expect(second.items).toEqual([link])
    expect((await verify('made-up')).status).toBe(410)
    harness.pass(24 * HOUR_MS)
    expect((await verify(link?.token)).body.code).toBe('identity.link-expired')
    const [renewed] = (await mailTo(person)).items
    expect((await verify(renewed?.token)).status).toBe(204)
    expect((await verify(link?.token)).status).toBe(410)
  })

  it('lists in one mail every account that waits for the address, each with its own link', async () => {
    const [one, two] = await twoOf()
    const { items, more } = await mailTo(one)
    expect(items.map(({ accountId, handle }) => [accountId, handle])).toEqual([
      [two.id, two.handle],
      [one.id, one.handle],
    ])
    expect([more, new Set(items.map(({ token }) => token)).size]).toEqual([0, 2])
    expect((await verify(items[1]?.token)).status).toBe(204)
    expect((await harness.as(one.id).get('/v1/me')).body.emailVerified).toBe(true)
    const known = await mailTo(two)
    expect(known.items).toEqual([expect.objectContaining({ handle: two.handle, token: null })])
    expect((await mailLinks(one.id)).body.code).toBe('identity.link-expired')
  })

  /** Stores 60 accounts that strangers registered with the address of the person. */
  async function crowd(first: Person): Promise<void> {
    await harness.service.untilIdle()
    const { _outbox: _, ...stored } = (await harness.collection('accounts').findOne({ _id: first.id }))!
    const others = Array.from({ length: 60 }, (_, i) => ({
      ...stored,
      _id: randomUUID(),
      handleKey: `${first.handle}${i}`,
      registeredAt: new Date(Date.now() + i),
      verification: null,
    }))
    await harness.collection('accounts').insertMany(others)
  }

  it('names a bounded number of accounts, the one that asked among them', async () => {
    const [first] = await twoOf()
    await crowd(first)
    const { items, more } = await mailTo(first)
    expect([items.length, more]).toEqual([50, 12])
    expect(items.map(({ accountId }) => accountId)).toContain(first.id)
  })

  it('names, mail after mail, first those that no mail has named yet, with one write', async () => {
    const person = await register(harness)
    await crowd(person)
    const [newest] = await harness
      .collection('accounts')
      .find({ email: person.email })
      .sort({ registeredAt: -1 })
      .toArray()
    const named = new Set<string>()
    const commands = await commandsOf(harness, async () => {
      for (let mail = 0; mail < 2; mail++)
        for (const { accountId } of (await mailTo({ ...person, id: newest!._id })).items) named.add(accountId)
    })
    expect(named.size).toBe(61)
    expect(commands.filter((command) => command === 'update accounts')).toHaveLength(2)
  })

  it('is asked for by the account that the next mail would name first', async () => {
    const person = await register(harness)
    await mailTo(person)
    await crowd(person)
    const accounts = harness.collection('accounts')
    await ask(person.email)
    const chosen = accounts.find({
      email: person.email,
      'verification.mailedAt': null,
      verification: { $ne: null },
    })
    expect((await chosen.toArray()).map(({ handleKey }) => handleKey)).toEqual([`${person.handle}0`])
  })

  it('stores no link that would work, and no GET follows one', async () => {
    const { id } = await register(harness)
    const token = (await linkFor(harness, id, 'verify-email')) ?? ''
    expect(await harness.everything()).not.toContain(token)
    expect((await harness.anybody.get(`/v1/accounts/verify-email?token=${token}`)).status).toBe(404)
  })

  it('asks for one mail at a time, for none to an address without such an account, and never says which', async () => {
    const waiting = await register(harness)
    const done = await verified(harness)
    const answers = [await ask(done.email), await ask('nobody@example.org')]
    for (let i = 0; i < 6; i++) answers.push(await ask(waiting.email))
    expect(new Set(answers)).toEqual(new Set([202]))
    expect(await mailsOf(waiting.id)).toBe(1)
    await mailTo(waiting)
    for (let i = 0; i < 6; i++) await ask(waiting.email)
    expect(await mailsOf(waiting.id)).toBe(2)
    expect(await mailsOf(done.id)).toBe(1)
  })

  it('asks again when a mail was lost', async () => {
    const waiting = await register(harness)
    await ask(waiting.email)
    expect(await mailsOf(waiting.id)).toBe(1)
    harness.pass(2 * HOUR_MS)
    await ask(waiting.email)
    expect(await mailsOf(waiting.id)).toBe(2)
  })

  it('makes the same number of writes for a known address and an unknown one', async () => {
    const waiting = await register(harness)
    await mailTo(waiting)
    const [known, unknown] = [
      await harness.writesDuring(() => ask(waiting.email)),
      await harness.writesDuring(() => ask('nobody@example.org')),
    ]
    expect([known, unknown]).toEqual([1, 1])
  })

  it('has no links for others than notifications', async () => {
    for (const service of ['gateway', 'profiles'] as const)
      for (const path of ['/internal/links', '/internal/verification-links'])
        expect((await harness.from(service).post(path, {})).status).toBe(403)
  })
})
