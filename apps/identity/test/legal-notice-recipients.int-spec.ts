import { register, verified } from './setup/people.js'
import { ServiceHarness } from './setup/service-harness.js'

describe('whom a legal notice is for', () => {
  let harness: ServiceHarness
  beforeAll(async () => (harness = await ServiceHarness.open()))
  afterAll(() => harness.close())

  const list = async (query: string) =>
    (await harness.from('notifications').get(`/internal/legal-notice-recipients?${query}`)).body.accountIds as string[]

  it('B26 B53 everybody with a proven address who registered before, as long as the account lives; for notifications alone', async () => {
    const people = [await verified(harness), await verified(harness), await verified(harness), await verified(harness)]
    await register(harness)
    const later = new Date(harness.clock.now().getTime() + 60_000).toISOString()
    const ids = people.map(({ id }) => id).sort()
    const set = (id: string, change: Record<string, unknown>) =>
      harness.collection('accounts').updateOne({ _id: id }, { $set: change })
    expect(await list(`registeredBefore=${later}`)).toEqual(ids)
    expect(await list(`registeredBefore=${later}&limit=2`)).toEqual(ids.slice(0, 2))
    expect(await list(`registeredBefore=${later}&limit=2&after=${ids[1]}`)).toEqual(ids.slice(2))
    expect(await list(`registeredBefore=${later}&after=${ids[3]}`)).toEqual([])
    expect(await list('registeredBefore=2015-01-01T00:00:00.000Z')).toEqual([])
    const [requestedAt, past] = [new Date(), new Date(harness.clock.now().getTime() - 1)]
    await set(ids[0]!, { closure: { requestedAt, erasesAt: past } })
    await set(ids[1]!, { closure: { requestedAt, erasesAt: new Date(later) } })
    expect(await list(`registeredBefore=${later}`)).toEqual(ids.slice(1))
    for (const service of ['gateway', 'media'] as const)
      expect(
        (await harness.from(service).get(`/internal/legal-notice-recipients?registeredBefore=${later}`)).status,
      ).toBe(403)
  })

  it('says in short what a version says, in the language of the mail', async () => {
    const notice = (path: string) => harness.from('notifications').get(`/internal/policies/${path}`)
    expect((await notice('terms/2026-11-28/notice?locale=de')).body).toEqual({
      summary: 'They promise only what the site can do today.',
      supersedes: '2015-03-14',
    })
    expect((await notice('terms/none/notice?locale=en')).status).toBe(404)
    expect((await notice('terms/2026-11-28/notice?locale=fr')).status).toBe(422)
  })
})
