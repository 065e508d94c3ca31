import { identity } from '@mpics/contracts'
import { PublishFirstPolicies } from '../src/policies/publish-first-policies.js'
import { firstPolicies } from '../src/policies/first-policies.js'
import { PolicyRepository } from '../src/policies/policy.repository.js'
import { publishVersion } from '../src/policies/policy.js'
import { policiesInForce } from './setup/people.js'
import { ServiceHarness } from './setup/service-harness.js'

const termsVersions = firstPolicies()
  .filter(({ document }) => document === 'terms')
  .map(({ version }) => version)
const [before, latest] = termsVersions.slice(-2)

describe('policies', () => {
  let harness: ServiceHarness
  beforeAll(async () => {
    const atStart = jest.spyOn(PublishFirstPolicies.prototype, 'onApplicationBootstrap').mockResolvedValue()
    harness = await ServiceHarness.open()
    atStart.mockRestore()
    await fourStart()
  })
  afterAll(() => harness.close())

  const fourStart = () =>
    Promise.all(Array.from({ length: 4 }, () => harness.get(PublishFirstPolicies).onApplicationBootstrap()))

  const get = async (path: string) => {
    const { status, body } = await harness.anybody.get(path)
    return { status, body: body as Record<string, never> & { items: Record<string, string>[] } }
  }

  it('are published once, however many replicas start', async () => {
    expect(await harness.collection('policies').countDocuments()).toBe(2)
    await fourStart()
    await harness.service.untilIdle()
    const told = (await harness.service.events(identity.policyPublished)).map((e) => e.data)
    expect(told).toHaveLength(firstPolicies().length)
    expect(told).toContainEqual({ document: 'privacy', version: '2015-03-14', effectiveAt: '2015-03-14T00:00:00.000Z' })
  })

  it('B67.1 are read as in force now, at a time, or by version', async () => {
    const { body } = await get('/v1/policies')
    expect(body.items.map(({ document, version }) => [document, version])).toEqual([
      ['privacy', '2015-03-14'],
      ['terms', policiesInForce().terms],
    ])
    const now = await get('/v1/policies/privacy')
    expect(now.body).toMatchObject({ document: 'privacy', version: '2015-03-14', supersedes: null })
    expect(now.body['text']).toMatch(/^# Privacy policy \| 1mpics\.com\n/)
    for (const query of ['at=2015-03-14', 'at=2026-01-01T00:00:00%2B01:00', 'version=2015-03-14'])
      expect((await get(`/v1/policies/privacy?${query}`)).body).toEqual(now.body)
    for (const query of ['at=2015-03-13', 'version=1', 'version=2015-03-14&at=2014-01-01'])
      expect(await get(`/v1/policies/privacy?${query}`)).toMatchObject({
        status: 404,
        body: { code: 'identity.policy-not-found' },
      })
    expect((await get('/v1/policies/privacy?at=yesterday')).status).toBe(422)
    expect((await get('/v1/policies/terms?version=2015-03-14')).body['text']).toContain('messaging and commenting')
    expect((await get('/v1/policies/terms')).body).toMatchObject({ version: latest, supersedes: before })
  })

  it('B65.1 are announced to everybody', async () => {
    const { body } = await get('/v1/announcements?limit=1')
    expect(body.items).toEqual([expect.objectContaining({ document: 'terms', version: latest })])
    expect((await get(`/v1/announcements?cursor=${body['nextCursor']}`)).body.items).toHaveLength(
      firstPolicies().length - 1,
    )
  })

  it('come to a site that people use with notice, and are in force at no time before', async () => {
    await harness.collection('policies').updateOne({ _id: 'terms' }, { $pop: { versions: 1 } } as never)
    const started = Date.now()
    await fourStart()
    await fourStart()
    expect((await get('/v1/policies/terms')).body).toMatchObject({ version: before })
    const { items } = (await get('/v1/announcements')).body
    expect(items[0]).toMatchObject({ version: latest })
    const [publishedAt, effectiveAt] = [items[0]!['publishedAt'], items[0]!['effectiveAt']].map((at) => Date.parse(at!))
    expect(publishedAt).toBeGreaterThanOrEqual(started)
    expect(effectiveAt! - publishedAt!).toBe(30 * 86_400_000)
    const at = (time: number) => get(`/v1/policies/terms?at=${new Date(time).toISOString()}`)
    expect((await at(effectiveAt! - 1)).body).toMatchObject({ version: before })
    expect((await at(effectiveAt!)).body).toMatchObject({ version: latest })
  })

  it('start although operators have published a later version than a new release brings', async () => {
    const { document: _, ...first } = firstPolicies().find(({ document }) => document === 'terms')!
    const later = { ...first, version: '2099-01-01', effectiveAt: new Date('2099-01-01'), publishedAt: new Date() }
    await harness.collection('policies').updateOne({ _id: 'terms' }, { $pop: { versions: 1 } } as never)
    await harness.get(PolicyRepository).change('terms', (policy) => publishVersion(policy, later))
    await fourStart()
    const stored = await harness.collection('policies').findOne({ _id: 'terms' })
    expect((stored?.['versions'] as { version: string }[]).map(({ version }) => version)).toEqual([
      ...termsVersions.slice(0, -1),
      '2099-01-01',
    ])
  })
})
