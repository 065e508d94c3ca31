import {
  announceVersion,
  isSuperseded,
  newPolicy,
  type Policy,
  publishVersion,
  supersededBy,
  versionInForce,
} from './policy.js'
import { PoliciesFullError, PolicyDateError, PolicyImmutableError, PolicyOrderError } from './policy.errors.js'

const version = (day: string, text = 'We keep our word.') => ({
  version: day,
  effectiveAt: new Date(`${day}T00:00:00Z`),
  publishedAt: new Date('2015-01-01T00:00:00Z'),
  text,
  summary: 'In short.',
  translations: {},
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

describe('B63 a version that a person publishes', () => {
  const now = new Date('2026-12-01T00:00:00Z')
  const announce = (day: string, policy = two()) => announceVersion(policy, version(day), now)

  it('comes into force later than the last one, in the future, and within a hundred years', () => {
    expect(announce('2027-01-02').state.versions).toHaveLength(3)
    expect(announce('2026-12-02', newPolicy('terms')).changed).toBe(true)
    expect(() => announce('2026-12-31')).toThrow(PolicyOrderError)
    for (const day of ['2026-12-01', '2015-03-15', '2126-12-02', '9999-12-31'])
      expect(() => announce(day)).toThrow(PolicyDateError)
  })

  it('may be sent again when it is in force', () => expect(announce('2015-03-14').changed).toBe(false))

  it('is another one with another translation', () => {
    const translations = { de: { text: 'Wir halten Wort.', summary: 'Kurz.' } }
    const again = () => announceVersion(two(), { ...version('2027-01-01'), translations }, now)
    expect(again).toThrow(PolicyImmutableError)
  })

  it('leaves room for what a document of the database may hold', () => {
    const long = (i: number) => ({ ...version(`20${i}-01-01`), text: '\u{1F4F7}'.repeat(100_000) })
    const fill = () =>
      Array.from({ length: 40 }, (_, i) => long(27 + i)).reduce(
        (policy, next) => announceVersion(policy, next, now).state,
        newPolicy('privacy'),
      )
    expect(fill).toThrow(PoliciesFullError)
  })
})
