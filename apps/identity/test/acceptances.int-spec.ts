import { DAY_MS } from '@mpics/contracts/durations'
import type { Caller } from './setup/caller.js'
import { policiesInForce, register, verified, type Person } from './setup/people.js'
import { provenAs } from './setup/proven.js'
import { ServiceHarness } from './setup/service-harness.js'

describe('what a person accepted', () => {
  let harness: ServiceHarness
  let person: Person
  let me: Caller
  const before = policiesInForce()
  beforeEach(async () => {
    harness = await ServiceHarness.open()
    person = await verified(harness)
    me = harness.as(person.id)
  })
  afterEach(() => harness.close())

  const accepted = async () => (await me.get('/v1/me/acceptances')).body.items as Record<string, string>[]
  const toAccept = async () => (await me.get('/v1/me')).body.toAccept as Record<string, string>[]
  const accept = (shown: object) => me.post('/v1/me/acceptances', shown)

  /** New Terms that are in force a day later, which passes. */
  async function newTerms(version = 'v2'): Promise<void> {
    const publisher = await provenAs(harness, await verified(harness), ['member', 'policy'])
    const effectiveAt = new Date(harness.clock.now().getTime() + DAY_MS)
    const texts = { en: { text: `Terms ${version}.`, summary: 'New.' } }
    await publisher.post('/v1/admin/policies', { document: 'terms', version, effectiveAt, texts })
    harness.pass(DAY_MS)
  }

  it('B67 is held by version, with the time and the place', async () => {
    const at = (await me.get('/v1/me')).body.createdAt as string
    const where = { acceptedAt: at, where: 'registration' }
    expect(await accepted()).toEqual([
      { document: 'terms', version: before.terms, ...where },
      { document: 'privacy', version: before.privacy, ...where },
    ])
    expect(await toAccept()).toEqual([])
  })

  it('B67 is asked for anew when new Terms are in force, and recorded once', async () => {
    await newTerms()
    expect(await toAccept()).toEqual([{ document: 'terms', version: 'v2', effectiveAt: expect.any(String) }])
    const answers = await Promise.all([accept({ terms: 'v2' }), accept({ terms: 'v2', privacy: before.privacy })])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(await accept({ terms: 'v2' })).toMatchObject({ status: 200, body: { toAccept: [] } })
    const items = await accepted()
    expect(items).toHaveLength(3)
    expect(items[0]).toMatchObject({ document: 'terms', version: 'v2', where: 'visit' })
    expect(await toAccept()).toEqual([])
  })

  it('is neither a version that is not in force, nor nothing', async () => {
    await newTerms()
    for (const shown of [{ terms: before.terms }, { terms: 'v3' }, { terms: before.terms, privacy: before.privacy }])
      expect(await accept(shown)).toMatchObject({
        status: 409,
        body: { code: 'identity.policy-outdated', inForce: { terms: 'v2' } },
      })
    for (const shown of [{}, { terms: '' }, { terms: 7 }, { cookies: 'v2' }])
      expect((await accept(shown)).status).toBe(422)
    expect(await accepted()).toHaveLength(2)
  })

  it('B02 is not said by a visit, and nothing is closed to who has not said it', async () => {
    await newTerms()
    for (const path of ['/v1/me', '/v1/policies', '/v1/me/consents', '/v1/sessions'])
      expect((await me.get(path)).status).toBe(200)
    expect((await me.patch('/v1/me', { timeZone: 'Europe/Berlin' })).status).toBe(200)
    expect(await accepted()).toHaveLength(2)
    expect(await harness.collection('consents').countDocuments()).toBe(0)
  })

  it('is completed for an account that registered before there was a history', async () => {
    const since = (await me.get('/v1/me')).body.createdAt as string
    await harness.collection('accounts').updateOne({ _id: person.id }, { $unset: { acceptances: 1 } })
    expect(await accepted()).toContainEqual({
      document: 'terms',
      version: before.terms,
      acceptedAt: since,
      where: 'registration',
    })
    await newTerms()
    await accept({ terms: 'v2' })
    expect((await accepted()).map(({ version }) => version)).toEqual(['v2', before.terms, before.privacy])
  })

  it('is nobody else’s to see, and paged', async () => {
    const stranger = harness.as((await register(harness)).id)
    expect((await harness.anybody.get('/v1/me/acceptances')).status).toBe(401)
    const { body } = await me.get('/v1/me/acceptances?limit=1')
    const cursor = encodeURIComponent(body.nextCursor as string)
    expect((await me.get(`/v1/me/acceptances?limit=1&cursor=${cursor}`)).body.items).toMatchObject([
      { document: 'privacy' },
    ])
    expect((await stranger.get(`/v1/me/acceptances?cursor=${cursor}`)).status).toBe(422)
  })
})
