import { isSuperseded, newPolicy, type Policy, publishVersion, supersededBy, versionInForce } from './policy.js'
import { PolicyImmutableError, PolicyOrderError } from './policy.errors.js'

const version = (day: string, text = 'We keep our word.') => ({
  version: day,
  effectiveAt: new Date(`${day}T00:00:00Z`),
  publishedAt: new Date('2015-01-01T00:00:00Z'),
  text,
  summary: 'In short.',
})
const published = (policy: Policy, ...days: string[]) =>
  days.reduce((current, day) => publishVersion(current, version(day)).state, policy)
const two = () => published(newPolicy('privacy'), '2015-03-14', '2027-01-01')

it('tells that a version was published', () => {
  const { events } = publishVersion(newPolicy('terms'), version('2015-03-14'))
  expect(events[0]?.data).toEqual({
    document: 'terms',
    version: '2015-03-14',
    effectiveAt: '2015-03-14T00:00:00.000Z',
  })
})

it('B63 never changes a published version, and takes the same one again without a word', () => {
  expect(publishVersion(two(), version('2027-01-01'))).toMatchObject({ changed: false, events: [] })
  expect(() => publishVersion(two(), version('2027-01-01', 'We changed our mind.'))).toThrow(PolicyImmutableError)
  expect(() => publishVersion(two(), version('2020-01-01'))).toThrow(PolicyOrderError)
})

it('B64 B67 knows what was in force at any time', () => {
  const at = (time: string) => versionInForce(two(), new Date(time))?.version
  expect(at('2015-03-13T23:59:59Z')).toBeUndefined()
  expect(at('2015-03-14T00:00:00Z')).toBe('2015-03-14')
  expect(at('2026-12-31T23:59:59Z')).toBe('2015-03-14')
  expect(at('2027-01-01T00:00:00Z')).toBe('2027-01-01')
})

it('says what a version supersedes', () => {
  const policy = two()
  expect(policy.versions.map((v) => supersededBy(policy, v))).toEqual([null, '2015-03-14'])
})

it('knows a version that comes too late for a site that has published a later one', () => {
  expect(isSuperseded(two(), version('2026-01-01'))).toBe(true)
  expect(['2015-03-14', '2027-01-01', '2028-01-01'].filter((day) => isSuperseded(two(), version(day)))).toEqual([])
})
