import { identity } from '@mpics/contracts'
import { begun, complete } from './setup/factors.js'
import { logIn, type Person, verified } from './setup/people.js'
import { ServiceHarness } from './setup/service-harness.js'
import { type Circumstances, SoftwareAuthenticator } from '@mpics/testing'

type Options = { challenge: string; user: { id: string } }

describe('a passkey', () => {
  let harness: ServiceHarness
  beforeAll(async () => (harness = await ServiceHarness.open()))
  afterAll(() => harness.close())

  async function loggedIn(person?: Person) {
    const somebody = person ?? (await verified(harness))
    const { sessionId } = (await logIn(harness, somebody)).body as { sessionId: string }
    return { person: somebody, me: harness.as(somebody.id, sessionId) }
  }

  const optionsOf = async (me: ReturnType<ServiceHarness['as']>) =>
    (await me.post('/v1/me/passkeys/options')).body as Options
  const challenge = async () =>
    (await harness.anybody.post('/v1/sessions/passkey/options')).body as { challenge: string; rpId: string }
  const logInWith = (passkey: object) => harness.anybody.post('/v1/sessions/passkey', { passkey })

  async function keeper() {
    const { person, me } = await loggedIn()
    const passkey = new SoftwareAuthenticator()
    const added = await me.post('/v1/me/passkeys', { name: 'My phone', passkey: passkey.make(await optionsOf(me)) })
    if (added.status !== 201) throw new Error(JSON.stringify(added.body))
    return { person, me, passkey, added: added.body as Record<string, unknown> }
  }

  it('is kept with its name, and tells what browsers must know', async () => {
    const { person, passkey, added, me } = await keeper()
    expect(added).toEqual({
      items: [
        expect.objectContaining({
          id: passkey.credentialId,
          name: 'My phone',
          lastUsedAt: null,
          transports: ['internal', 'hybrid'],
        }),
      ],
      rpId: 'localhost',
      userId: passkey.userHandle,
      acceptedCredentialIds: [passkey.credentialId],
    })
    expect(passkey.userHandle).toMatch(/^[\w-]{43}$/)
    const renamed = await me.patch(`/v1/me/passkeys/${passkey.credentialId}`, { name: 'Old phone' })
    expect(renamed.body.items[0].name).toBe('Old phone')
    expect(await harness.told(identity.factorAdded, person.id)).toMatchObject([{ data: { factor: 'passkey' } }])
  })

  it('B49 logs in without a password or name, as a second factor, and proves who somebody is', async () => {
    const { person, passkey } = await keeper()
    const opened = await logInWith(passkey.use(await challenge()))
    expect(opened.status).toBe(201)
    const waiting = await begun(harness, person)
    expect((await complete(harness, waiting, { passkey: passkey.use(await challenge()) })).status).toBe(201)
    const me = harness.as(person.id, opened.body.sessionId as string)
    harness.pass(10 * 60_000)
    expect((await me.post('/v1/me/passkeys/options')).body.accepts.sort()).toEqual(['passkey'])
    const proof = { passkey: passkey.use(await challenge()) }
    expect((await me.post('/v1/sessions/current/proof', proof)).status).toBe(204)
    expect((await me.post('/v1/me/passkeys/options')).status).toBe(200)
    const { items } = (await me.get('/v1/me/passkeys')).body as { items: { lastUsedAt: string | null }[] }
    expect(items[0]?.lastUsedAt).not.toBeNull()
  })

  it.each<[string, Circumstances]>([
    ['another origin', { origin: 'https://mpics.example' }],
    ['another site', { rpId: 'mpics.example' }],
    ['no verification of the person', { unverified: true }],
    ['another account', { userHandle: 'c29tZWJvZHkgZWxzZQ' }],
    ['a counter that went back', { counter: 3 }],
  ])('is refused with %s', async (_, how) => {
    const { passkey } = await keeper()
    expect((await logInWith(passkey.use(await challenge(), { counter: 7 }))).status).toBe(201)
    const refused = await logInWith(passkey.use(await challenge(), { counter: 8, ...how }))
    expect([refused.status, refused.body.code]).toEqual([403, 'identity.passkey-refused'])
    expect((await logInWith(passkey.use(await challenge(), { counter: 9 }))).status).toBe(201)
  })

  it.each<[string, Circumstances]>([
    ['another origin', { origin: 'https://mpics.example' }],
    ['another site', { rpId: 'mpics.example' }],
    ['no verification of the person', { unverified: true }],
  ])('is not made with %s', async (_, how) => {
    const { me } = await loggedIn()
    const passkey = new SoftwareAuthenticator().make(await optionsOf(me), how)
    expect((await me.post('/v1/me/passkeys', { name: 'x', passkey })).body.code).toBe('identity.passkey-refused')
  })

  it('answers a challenge once, within five minutes, for the act and the account that it was made for', async () => {
    const { passkey, me } = await keeper()
    const once = await challenge()
    expect((await logInWith(passkey.use(once))).status).toBe(201)
    expect((await logInWith(passkey.use(once))).status).toBe(403)
    const parallel = await challenge()
    const both = await Promise.all([logInWith(passkey.use(parallel)), logInWith(passkey.use(parallel))])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 403])
    const ofOthers = await optionsOf((await loggedIn()).me)
    const make = (options: Options) => ({ name: 'x', passkey: new SoftwareAuthenticator().make(options) })
    expect((await me.post('/v1/me/passkeys', make(ofOthers))).status).toBe(403)
    expect((await logInWith(passkey.use(ofOthers))).status).toBe(403)
    const own = await optionsOf(me)
    expect((await me.post('/v1/me/passkeys', make({ ...own, ...(await challenge()) }))).status).toBe(403)
    const late = await challenge()
    harness.pass(5 * 60_000)
    expect((await logInWith(passkey.use(late))).status).toBe(403)
  })

  it('remembers an answered challenge past its end, by the clock of another replica, too', async () => {
    const { passkey } = await keeper()
    const answered = await challenge()
    const end = harness.clock.now().getTime() + 5 * 60_000
    expect((await logInWith(passkey.use(answered))).status).toBe(201)
    const [spent] = await harness.collection('spent_challenges').find({ _id: answered.challenge }).toArray()
    expect((spent!['forgetAt'] as Date).getTime() - end).toBeGreaterThan(4 * 60_000)
  })

  it('of somebody else completes no log-in and proves nothing, and belongs to one account', async () => {
    const { person } = await keeper()
    const other = await keeper()
    const foreign = other.passkey.use(await challenge())
    expect((await complete(harness, await begun(harness, person), { passkey: foreign })).status).toBe(403)
    const { me } = await loggedIn()
    expect((await me.post('/v1/sessions/current/proof', { passkey: foreign })).status).toBe(403)
    const again = { name: 'x', passkey: other.passkey.make(await optionsOf(me)) }
    expect((await me.post('/v1/me/passkeys', again)).body.code).toBe('identity.passkey-taken')
  })

  it('that was removed is refused, and the browser is told which are left', async () => {
    const { passkey, me, person } = await keeper()
    const second = new SoftwareAuthenticator()
    await me.post('/v1/me/passkeys', { name: 'Key', passkey: second.make(await optionsOf(me)) })
    const left = await me.delete(`/v1/me/passkeys/${passkey.credentialId}`)
    expect([left.status, left.body.acceptedCredentialIds]).toEqual([200, [second.credentialId]])
    expect((await logInWith(passkey.use(await challenge()))).body.code).toBe('identity.passkey-unknown')
    expect((await logInWith(second.use(await challenge()))).status).toBe(201)
    expect((await me.delete(`/v1/me/passkeys/${passkey.credentialId}`)).status).toBe(404)
    expect(await harness.told(identity.factorRemoved, person.id)).toHaveLength(1)
  })

  it('of a locked account opens nothing, and says so to whoever holds it', async () => {
    const { person, passkey } = await keeper()
    const at = harness.clock.now()
    const objection = { id: person.id, tokenHash: 'x', requestedAt: at, expiresAt: at }
    const lock = {
      id: person.id,
      reason: 'other',
      by: null,
      at,
      objection,
      objectedAt: null,
      approvedBy: null,
      dueAt: null,
    }
    await harness.collection('accounts').updateOne({ _id: person.id }, { $set: { lock } })
    const refused = await logInWith(passkey.use(await challenge()))
    expect([refused.status, refused.body.code]).toEqual([403, 'identity.account-locked'])
  })

  it('of an account that waits for its erasure is unknown, and stores nothing', async () => {
    const { person, passkey } = await keeper()
    const closure = { requestedAt: harness.clock.now(), erasesAt: harness.clock.now() }
    await harness.collection('accounts').updateOne({ _id: person.id }, { $set: { closure } })
    const before = await harness.collection('spent_challenges').countDocuments()
    expect((await logInWith(passkey.use(await challenge()))).body.code).toBe('identity.passkey-unknown')
    expect(await harness.collection('spent_challenges').countDocuments()).toBe(before)
  })

  it('that a stranger makes up is refused, and stores nothing', async () => {
    const { passkey } = await keeper()
    const before = await harness.collection('spent_challenges').countDocuments()
    const good = passkey.use(await challenge())
    const broken = [
      { ...good, response: { ...good.response, signature: 'AAAA' } },
      { ...good, response: { ...good.response, clientDataJSON: 'AAAA' } },
      { ...good, response: { ...good.response, authenticatorData: 'AAAA' } },
      { ...good, rawId: 'AAAA' },
      new SoftwareAuthenticator().use(await challenge(), { userHandle: 'AAAA' }),
    ]
    for (const each of broken) expect((await logInWith(each)).status).toBe(403)
    expect((await logInWith({ id: { $ne: '' } })).status).toBe(422)
    expect(await harness.collection('spent_challenges').countDocuments()).toBe(before)
  })
})
