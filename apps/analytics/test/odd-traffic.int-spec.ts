import { randomUUID } from 'node:crypto'
import { KeepHours } from '../src/hours/keep-hours.js'
import { AnalyticsHarness, browser, newPage, view } from './setup/analytics-harness.js'

/** `npm test` sends few of them. */
const MANY = Number(process.env['ODD_TRAFFIC'] ?? 3_000)
const PIECE = 500
const MAX_VALUES = 1_000
const TODAY = new Date().toISOString().slice(0, 10)

describe('odd traffic', () => {
  let analytics: AnalyticsHarness
  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
  })
  afterAll(() => analytics.close())

  async function flood(viewOf: (n: number) => ReturnType<typeof view>): Promise<void> {
    const keep = () => analytics.service.get(KeepHours).execute()
    for (let n = 0; n < MANY; n += PIECE) {
      await analytics.publish(...Array.from({ length: Math.min(PIECE, MANY - n) }, (_, i) => viewOf(n + i)))
      // hours are kept while views come
      if (n % (20 * PIECE) === 0) await keep()
    }
    await analytics.service.untilIdle()
    await keep()
  }
  const hoursOf = (dimension: string, value?: string) =>
    analytics.database
      .collection('hours')
      .find({ dimension, ...(value && { value }) })
      .toArray()
  const analyst = () => analytics.service.as({ accountId: randomUUID(), roles: ['member', 'analyst'] })
  const ask = async (what: string, query: Record<string, unknown>, status = 200) =>
    (await analyst().get(`/v1/admin/traffic/${what}`).query(query).expect(status)).body

  it('B30.1 a hot page is exact, and a few documents however often it is viewed', async () => {
    const page = newPage()
    const people = MANY / 3
    await flood((n) => view(page, browser(`hot${n % people}`)))
    const { total, unique } = (await analytics.counts(page))!
    expect(total).toBe(MANY)
    expect(Math.abs(unique - people) / people).toBeLessThan(0.05)
    for (const collection of ['pages', 'page_days'])
      expect(await analytics.database.collection(collection).countDocuments(ofPage(page))).toBeLessThanOrEqual(2)
    const hours = await hoursOf('page', page)
    expect(hours.length).toBeLessThanOrEqual(2)
    expect(sumOf(hours)).toBe(MANY)
  })

  it.each([
    ['pages', 'page', (n: number) => view(newPage(), null, { referrerHost: `few${n % 3}.example` })],
    ['referrers', 'referrer', (n: number) => view(hot, null, { referrerHost: `many${n}.example` })],
    ['languages', 'language', (n: number) => view(hot, null, { language: `l${n}` })],
  ])('more %s than anybody reads become others, and none is lost', async (_, dimension, viewOf) => {
    const before = sumOf(await hoursOf('site'))
    await flood(viewOf)
    expect(sumOf(await hoursOf('site')) - before).toBe(MANY)
    const cells = await hoursOf(dimension)
    for (const hour of Map.groupBy(cells, ({ at }) => String(at)).values())
      expect(hour.length).toBeLessThanOrEqual(MAX_VALUES)
    expect(sumOf(cells)).toBe(sumOf(await hoursOf('site')))
    expect(sumOf(cells.filter(({ value }) => value === 'other'))).toBeGreaterThanOrEqual(MANY - MAX_VALUES)
  })

  it.each([
    ['a page that does not exist', { page: `/photos/${randomUUID()}` }],
    ['a page of another site', { page: 'https://evil.example/' }],
    ['a country that nobody came from', { country: 'AQ' }],
    ['a country by its name', { country: 'Netherlands' }],
    ['a referrer of the longest name', { referrer: `${'a'.repeat(63)}.example` }],
    ['two that never met', { page: `/photos/${randomUUID()}`, country: 'AQ' }],
    ['a hundred years', { page: '/nowhere', from: '1926-01-01', to: '2026-01-01' }],
    ['a hundred years to come', { page: '/nowhere', from: '2126-01-01', to: '2226-01-01' }],
  ])('a filter for %s finds nothing, and says so', async (_, query) => {
    const period = { from: TODAY, ...query }
    expect((await ask('summary', period)).totals).toMatchObject({ views: 0, visitors: 0 })
    const { items } = await ask('series', period)
    expect(items.every(({ views }: { views: number }) => views === 0)).toBe(true)
    expect((await ask('referrers', period)).items).toEqual([])
  })

  it.each([
    { page: 'x'.repeat(10_000) },
    { page: '' },
    { country: '' },
    { 'page[$gt]': '' },
    { from: 'yesterday' },
    { from: '2026-02-30' },
    { from: TODAY, to: '1970-01-01' },
  ])('refuses the filter %#', async (query) => {
    expect((await ask('summary', query, 422)).code).toBe('input-invalid')
  })
})

const hot = newPage()

const ofPage = (page: string): object => ({ $or: [{ _id: page }, { page }] })

const sumOf = (cells: readonly Record<string, unknown>[]): number =>
  cells.reduce((sum, { views }) => sum + (views as number), 0)
