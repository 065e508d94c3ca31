import { browser, newPage, AnalyticsHarness, view } from './setup/analytics-harness.js'

describe('statistics and the operator’s switches', () => {
  let analytics: AnalyticsHarness
  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
  })
  afterAll(() => analytics.close())

  const stats = async () => (await analytics.service.as().get('/v1/stats').expect(200)).body

  it('adds up the pages, views and people of today and of all days', async () => {
    expect(await stats()).toEqual({ today: { pages: 0, views: 0, people: 0 }, all: { pages: 0, views: 0, people: 0 } })
    const pages = Array.from({ length: 30 }, newPage)
    await analytics.publish(...pages.flatMap((page, i) => [view(page, browser(`s${i % 10}`)), view(page, null)]))
    const lastYear = new Date(Date.now() - 400 * 86_400_000).toISOString()
    await analytics.publish(view(newPage(), browser('early'), { occurredAt: lastYear }))
    await analytics.service.untilIdle()
    expect(await stats()).toEqual({
      today: { pages: 30, views: 60, people: 10 },
      all: { pages: 31, views: 61, people: 11 },
    })
  })

  it('keeps the days of a page apart', async () => {
    const page = newPage()
    const on = (day: string, name: string) => view(page, browser(name), { occurredAt: `${day}T23:59:59Z` })
    await analytics.publish(on('2026-01-30', 'a'), on('2026-01-31', 'a'), on('2026-01-31', 'b'))
    await analytics.untilTotal(page, 3)
    await analytics.service.untilIdle()
    const days = await analytics.database.collection('page_days').find({ page }).sort({ day: 1 }).toArray()
    expect(days.map(({ day, total, unique }) => ({ day, total, unique }))).toEqual([
      { day: '2026-01-30', total: 1, unique: 1 },
      { day: '2026-01-31', total: 2, unique: 2 },
    ])
    expect(await analytics.counts(page)).toEqual({ total: 3, unique: 2 })
  })

  it('B17.1 shows no number while counts are hidden, and goes on counting', async () => {
    const page = newPage()
    await analytics.restart({ ANALYTICS_SHOW_COUNTS: 'false' })
    await analytics.publish(view(page, browser('hidden')))
    await analytics.service.untilIdle()
    expect(await analytics.counts(page)).toBeUndefined()
    expect(await stats()).toEqual({ today: null, all: null })
    await analytics.restart()
    expect(await analytics.counts(page)).toEqual({ total: 1, unique: 1 })
  })

  it('B17.2 does not count while counting is off', async () => {
    const page = newPage()
    await analytics.restart({ ANALYTICS_COUNT_VIEWS: 'false' })
    await analytics.publish(view(page, browser('uncounted')))
    await analytics.service.untilIdle()
    await analytics.restart()
    await analytics.publish(view(page, browser('counted')))
    await analytics.service.untilIdle()
    expect(await analytics.counts(page)).toEqual({ total: 1, unique: 1 })
  })

  it('reads by index only', async () => {
    await analytics.database.command({ profile: 2 })
    await stats()
    await analytics.counts(newPage())
    await analytics.database.command({ profile: 0 })
    const asked = { ns: /\.(pages|page_days|site_traffic)$/, op: { $in: ['query', 'command'] } }
    const made = await analytics.database.collection('system.profile').find(asked).toArray()
    const plans = made
      .filter(({ command }) => !(command as { count?: string }).count)
      .map((q) => String(q['planSummary']))
    expect(plans.length).toBeGreaterThanOrEqual(4)
    for (const plan of plans) expect(plan).toMatch(/^(IXSCAN|COUNT_SCAN|IDHACK)/)
  })
})
