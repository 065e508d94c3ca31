import { randomUUID } from 'node:crypto'
import { gateway } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { commandsOf } from '@mpics/testing'
import { ErasePhotoPage } from '../src/page-views/erase-photo-page.js'
import { KeepHours } from '../src/hours/keep-hours.js'
import { AnalyticsHarness, browser, newPage, view } from './setup/analytics-harness.js'

/** Views that are older than their retention would vanish while the test runs. */
const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const [LAST_WEEK, BEFORE, YESTERDAY, TODAY] = [-9, -2, -1, 0].map(dayAfter) as [string, string, string, string]
const NOW = `${TODAY}T12:30:00Z`

interface Counts {
  views: number
  repeats: number
  visitors: number
}

const ANSWERS = ['summary', 'series', 'pages', 'referrers', 'countries', 'browsers', 'bots', 'errors', 'latency']

describe('what analysts and operators ask', () => {
  let analytics: AnalyticsHarness
  const [sea, hill] = [newPage(), newPage()]

  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
    jest.spyOn(analytics.service.get(Clock), 'now').mockImplementation(() => new Date(NOW))
    const look = (page: string, name: string | null, time: string, more = {}) =>
      view(page, name && browser(name), { occurredAt: `${time}Z`, referrerHost: null, ...more })
    await analytics.publish(
      look(sea, 'ann', `${BEFORE}T10:00:00`, { country: 'NL' }),
      look(sea, 'ann', `${BEFORE}T10:10:00`, { country: 'NL' }),
      look(hill, 'ann', `${BEFORE}T10:12:00`, { country: 'NL' }),
      look(sea, 'bob', `${BEFORE}T23:30:00`, { country: 'DE', browser: 'Chrome', device: 'mobile' }),
      look(sea, 'bob', `${YESTERDAY}T01:00:00`, { country: 'DE', browser: 'Chrome', device: 'mobile' }),
      look(sea, null, `${TODAY}T12:10:00`, { country: null, referrerHost: 'search.example' }),
      look(sea, null, `${BEFORE}T10:00:00`, { bot: true, botReason: 'ai-crawler', crawlerOf: 'OpenAI' }),
      look(sea, null, `${BEFORE}T10:00:00`, { bot: true }),
      look(sea, null, `${BEFORE}T10:00:00`, { loadKind: 'prefetch' }),
      look(sea, null, `${BEFORE}T10:00:00`, { loadKind: 'preview', bot: true, botReason: 'crawler' }),
      look(sea, 'ann', `${LAST_WEEK}T10:00:00`, { country: 'NL' }),
    )
    await analytics.service.untilIdle()
    await analytics.service.get(KeepHours).execute()
  })
  afterAll(async () => {
    jest.restoreAllMocks()
    await analytics.close()
  })

  const analyst = () => analytics.service.as({ accountId: randomUUID(), roles: ['member', 'analyst'] })
  const ask = async (what: string, query: Record<string, unknown> = {}, status = 200) =>
    (await analyst().get(`/v1/admin/traffic/${what}`).query(query).expect(status)).body
  const DAYS = { from: BEFORE, to: TODAY }
  const short = ({ views, repeats, visitors }: Counts) => `${views} ${repeats} ${visitors}`

  it('adds up a time, and says until when it is final', async () => {
    const { period, totals, comparedWith } = await ask('summary', { ...DAYS, compare: 'previous' })
    expect(period).toEqual({
      ...{ from: `${BEFORE}T00:00:00.000Z`, to: `${TODAY}T13:00:00.000Z` },
      ...{ closedUntil: `${TODAY}T11:00:00.000Z`, rules: '/help/counting' },
    })
    expect(totals).toEqual({ views: 6, repeats: 1, visitors: 2, sessions: 3, bounces: 2, averageSeconds: 240 })
    expect(comparedWith).toMatchObject({ views: 0, visitors: 0 })
    expect((await ask('summary', { from: dayAfter(-10), to: dayAfter(-8) })).totals).toMatchObject({ views: 1 })
  })

  it.each([
    [{ country: 'NL' }, '3 1 1'],
    [{ page: sea }, '5 1 2'],
    [{ page: sea, country: 'DE' }, '2 0 1'],
    [{ page: sea, country: 'DE', browser: 'Chrome', device: 'mobile', referrer: 'none' }, '2 0 1'],
    [{ referrer: 'search.example' }, '1 0 0'],
    [{ country: 'none' }, '1 0 0'],
    [{ bot: 'crawler' }, '1 0 0'],
    [{ bot: 'ai-crawler', page: sea }, '1 0 0'],
    [{ page: '/photos/nobody-ever-looked' }, '0 0 0'],
    [{ page: '/%F0%9F%98%80', country: '\u202e' }, '0 0 0'],
  ])('filters that combine: %j', async (filters, counts) => {
    const { totals } = await ask('summary', { ...DAYS, ...filters })
    expect([short(totals), totals.sessions]).toEqual([counts, null])
  })

  it('compares with no time whose single views are gone', async () => {
    const combined = { page: sea, country: 'NL' }
    for (const what of ['summary', 'series']) {
      expect((await ask(what, { ...DAYS, ...combined, compare: 'previous' })).comparedWith).not.toBeNull()
      expect((await ask(what, { ...combined, compare: 'previous' })).comparedWith).toBeNull()
      expect((await ask(what, { country: 'NL', compare: 'previous' })).comparedWith).not.toBeNull()
    }
  })

  it('shows a time by hour, day, week and month, in any zone, however long', async () => {
    const points = async (query: object) =>
      (await ask('series', { ...DAYS, ...query })).items.map(
        ({ at, views }: { at: string; views: number }) => `${at.slice(0, 16)} ${views}`,
      )
    expect(await points({ interval: 'day' })).toEqual([`${BEFORE}T00:00 4`, `${YESTERDAY}T00:00 1`, `${TODAY}T00:00 1`])
    expect(await points({ interval: 'day', zone: 'Asia/Tokyo' })).toEqual([
      ...[`${dayAfter(-3)}T15:00 3`, `${BEFORE}T15:00 2`, `${YESTERDAY}T15:00 1`],
    ])
    const ofHours = (await points({ to: BEFORE, interval: 'hour' })).filter((one: string) => !one.endsWith(' 0'))
    expect(ofHours).toEqual([`${BEFORE}T10:00 3`, `${BEFORE}T23:00 1`])
    for (const interval of ['week', 'month']) {
      const long = await points({ from: '1926-01-01', to: '2099-01-01', interval })
      expect(long.reduce((sum: number, one: string) => sum + Number(one.split(' ')[1]), 0)).toBe(7)
    }
  })

  it('lists pages, referrers, countries and browsers, filtered or not', async () => {
    const list = async (what: string, query = {}) =>
      (await ask(what, { ...DAYS, ...query })).items.map(
        (item: Counts & { value: string }) => `${item.value} ${short(item)}`,
      )
    expect(await list('pages')).toEqual([`${sea} 5 1 2`, `${hill} 1 0 1`])
    expect(await list('pages', { by: 'entries' })).toEqual([`${sea} 3 0 0`])
    expect(await list('pages', { by: 'exits' })).toEqual([`${sea} 2 0 0`, `${hill} 1 0 0`])
    expect(await list('pages', { country: 'NL', limit: 1 })).toEqual([`${sea} 2 1 1`])
    expect(await list('referrers')).toEqual(['none 5 1 2', 'search.example 1 0 0'])
    expect(await list('countries')).toEqual(['NL 3 1 1', 'DE 2 0 1', 'none 1 0 0'])
    expect(await list('browsers', { page: sea })).toEqual(['Firefox 3 1 1', 'Chrome 2 0 1'])
    expect(await list('browsers', { by: 'device' })).toEqual(['desktop 4 1 1', 'mobile 2 0 1'])
  })

  it('B18.1 B18.3 shows what was kept apart, and why', async () => {
    const { items, companies } = await ask('bots', DAYS)
    expect(items.map(({ kind, views }: { kind: string; views: number }) => `${kind} ${views}`)).toEqual([
      ...['person 6', 'ai-crawler 1', 'crawler 1', 'prefetch 1', 'preview 1'],
    ])
    for (const { reason } of items) expect(reason).toMatch(/^[a-z].{10}/)
    expect(companies).toEqual([{ company: 'OpenAI', views: 1 }])
  })

  it('shows the last minutes', async () => {
    const page = newPage()
    await analytics.publish(view(page, browser('now')), view(page, browser('now')), view(page, null, { bot: true }))
    await analytics.service.untilIdle()
    const { views, visitors, bots, pages } = await ask('live')
    expect([views >= 2, visitors >= 1, bots >= 1]).toEqual([true, true, true])
    expect(pages).toContainEqual({ page, views: 2 })
  })

  it('lists no page that was erased, and keeps its views in the sums', async () => {
    const photoId = randomUUID()
    const [gone, stays, country] = [`/photos/${photoId}`, newPage(), 'AQ']
    const at = { occurredAt: `${YESTERDAY}T05:00:00Z`, country }
    await analytics.publish(...[gone, gone, stays].map((page) => view(page, browser('cy'), at)))
    await analytics.service.untilIdle()
    await analytics.service.get(ErasePhotoPage).execute(photoId)
    const { items } = await ask('pages', { ...DAYS, country })
    expect(items.map(({ value, views }: { value: string; views: number }) => `${value} ${views}`)).toEqual([
      `${stays} 1`,
    ])
    expect((await ask('summary', { ...DAYS, country, browser: 'Firefox' })).totals).toMatchObject({ views: 3 })
    const { pages, views } = await ask('live')
    expect(pages.filter(({ page }: { page: string }) => !page.startsWith('/'))).toEqual([])
    expect(views).toBeGreaterThanOrEqual(3)
  })

  it('refuses odd periods, zones and intervals, and never fails', async () => {
    for (const query of [
      { from: TODAY, to: BEFORE },
      { from: '2026-13-45' },
      { zone: 'Mars/Olympus' },
      { zone: '' },
      { interval: 'second' },
      { from: '1926-01-01', interval: 'hour' },
      { compare: 'never' },
      { 'page[$ne]': 'x' },
      { country: ['NL', 'DE'] },
    ])
      await ask('series', query, 422)
    await ask('pages', { by: 'entries', country: 'NL' }, 422)
    for (const query of [
      { from: '1926-01-01', to: '2126-01-01' },
      { from: '0001-01-01', to: '9999-12-31', zone: 'Asia/Kathmandu', compare: 'year' },
      { from: '2126-01-01', to: '2127-01-01', compare: 'previous' },
      { from: `${BEFORE}T10:00:00+05:45`, to: `${BEFORE}T10:00:01Z`, zone: 'America/St_Johns' },
      { page: sea, country: 'NL', from: '1926-01-01' },
    ])
      await ask('summary', query)
  })

  it('refuses odd times everywhere, and shows a hundred years and unknown pages as far as anything is counted', async () => {
    const exported = (of: string) => `export?of=${of}&format=csv`
    const answers = [...ANSWERS, 'community']
    for (const what of [...answers, ...answers.map(exported), exported('views')]) {
      const refused = async (query: object) => expect((await ask(what, { ...query }, 422)).code).toBe('input-invalid')
      await refused({ from: TODAY, to: BEFORE })
      await refused({ from: '2026-02-30', to: TODAY })
      await refused({ from: TODAY, to: `${TODAY}T25:00:00Z` })
      const known = { from: `${new Date().getUTCFullYear() - 100}-01-01T00:00:00Z`, to: `${TODAY}T00:00:00Z` }
      const isByDay = what.includes('community')
      const years = isByDay ? { from: known.from.slice(0, 10), to: TODAY } : known
      await ask(what, what.includes('community') || what.includes('series') ? { ...years, interval: 'month' } : years)
    }
    for (const what of ['series', 'community']) {
      const { code, errors } = await ask(what, { from: '1926-01-01', to: TODAY, interval: 'day' }, 422)
      expect([code, errors]).toMatchObject(['input-invalid', [{ path: 'interval', code: 'out-of-range' }]])
    }
    for (const what of answers.slice(0, 6)) {
      const { totals, items } = await ask(what, { ...DAYS, page: newPage() })
      const shown: Counts[] = totals ? [totals] : items
      expect(shown.filter(({ views }) => views > 0)).toEqual([])
    }
  })

  it('is for analysts and operators alone', async () => {
    for (const what of [...ANSWERS, 'live']) {
      await analytics.service.as(randomUUID()).get(`/v1/admin/traffic/${what}`).expect(403)
      await analytics.service.as().get(`/v1/admin/traffic/${what}`).expect(401)
      await analytics.service
        .as({ accountId: randomUUID(), roles: ['operator'] })
        .get(`/v1/admin/traffic/${what}`)
        .expect(200)
    }
  })

  it('B05.1 tells how fast each route answers, and what it refused', async () => {
    const served = (route: string, status: number, durationMs: number, weight?: number) =>
      gateway.requestServed.of({ route, method: 'GET', status, durationMs, weight, occurredAt: NOW })
    await analytics.publish(
      ...Array.from({ length: 100 }, (_, i) => served('/v1/photos/:id', 200, i + 1)),
      served('/v1/photos/:id', 404, 1, 7),
      served('/v1/stats', 503, 5_000),
    )
    await analytics.service.untilIdle()
    const { items } = await ask('latency', DAYS)
    expect(items.map(({ route, requests }: { route: string; requests: number }) => `${route} ${requests}`)).toEqual([
      ...['/v1/photos/:id 107', '/v1/stats 1'],
    ])
    const [{ p50Ms, p95Ms, p99Ms }] = items
    for (const [found, exact] of [
      [p50Ms, 47],
      [p95Ms, 95],
      [p99Ms, 99],
    ])
      expect(Math.abs(found / exact - 1)).toBeLessThan(0.12)
    expect((await ask('errors', DAYS)).items).toEqual([
      { route: '/v1/photos/:id', method: 'GET', status: 404, requests: 7 },
      { route: '/v1/stats', method: 'GET', status: 503, requests: 1 },
    ])
    expect((await ask('latency', { ...DAYS, route: '/nowhere' })).items).toEqual([])
  })

  it('reads by index only', async () => {
    await analytics.database.command({ profile: 2 })
    const made = await commandsOf(analytics.service, /./, async () => {
      await ask('summary', DAYS)
      await ask('summary', { ...DAYS, page: sea, country: 'NL' })
      await ask('pages', DAYS)
      await ask('browsers', { ...DAYS, country: 'NL' })
      await ask('live')
      await ask('latency', DAYS)
    })
    await analytics.database.command({ profile: 0 })
    expect(made.length).toBeGreaterThan(6)
    const asked = {
      ns: /\.(hours|days|view_log|hour_states|request_hours)$/,
      op: { $in: ['query', 'command'] },
      planSummary: { $exists: true },
    }
    const plans = await analytics.database.collection('system.profile').distinct('planSummary', asked)
    expect(plans.length).toBeGreaterThan(2)
    for (const plan of plans) expect(plan).toMatch(/^(IXSCAN|COUNT_SCAN|IDHACK|DISTINCT_SCAN|EOF)/)
  })
})
