import { DAY_MS } from '@mpics/contracts/durations'
import { Clock } from '@mpics/service-kit'
import fc from 'fast-check'
import { dayOf } from '../src/page-days/day.js'
import { CountViews } from '../src/page-views/count-views.js'
import { LOG_DAYS, ViewLogRepository } from '../src/view-log/view-log.repository.js'
import { AnalyticsHarness, newPage } from './setup/analytics-harness.js'
import { Equations } from './setup/equations.js'

interface Seen {
  readonly page: string
  readonly day: string
  readonly country: string
  /** Later than `day` where an agent delivers it late; to the minute. */
  readonly came: string
}

interface Time {
  readonly from: string
  readonly to: string
}

/** A number as it was told, and the views that had come by then. */
interface Sum {
  readonly views: number
  readonly counted: readonly Seen[]
}

interface Known {
  readonly stretches: Map<string, Time & Sum>
  readonly weeks: Map<string, Sum[]>
}

interface Stats {
  series: (Time & { views: number })[]
  countries: { value: string; views: number }[]
}

const DAYS = 40
/** The owner asks at noon each second day, and at times again within the hour, when more have come. */
const TIMES = [
  { time: '12:00', askedEach: 2 },
  { time: '12:20', askedEach: 10 },
]
const PAGES = 5
const COUNTRIES = ['NL', 'DE', 'SE', 'IS', 'FJ']
const blank = { crawlerOf: null, browser: null, os: null, device: null, language: null, agent: null, place: null }

describe('an owner who asks for whatever there is, again and again', () => {
  let analytics: AnalyticsHarness
  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
  })
  afterEach(() => jest.restoreAllMocks())
  afterAll(() => analytics.close())

  const first = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS)
  const dayAt = (n: number) => dayOf(new Date(first.getTime() + n * DAY_MS))
  const views = fc.record({
    page: fc.nat(PAGES - 1),
    day: fc.nat(DAYS - 1),
    country: fc.nat(14).map((n) => Math.floor(Math.sqrt(n))),
    late: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 7 })),
    time: fc.constantFrom(...TIMES.map(({ time }) => time)),
  })
  const ask = async (page: string, query: object): Promise<Stats> =>
    (
      await analytics.service
        .from('gateway')
        .get('/internal/page-stats')
        .query({ page, ...query })
        .expect(200)
    ).body

  let offset = 0
  async function come(seen: readonly Seen[], now: Date): Promise<void> {
    const placed = seen.map((view) => ({
      ...view,
      at: new Date(`${view.day}T12:00:00Z`),
      source: 'p0',
      offset: offset++,
    }))
    await analytics.service.get(CountViews).execute(placed.map((view) => ({ ...view, place: null })))
    const logged = placed.map(({ page, at, country }) => ({
      ...blank,
      page,
      at,
      country,
      kind: 'person',
      referrer: null,
    }))
    const log = analytics.service.get(ViewLogRepository)
    await log.append(
      logged.map((view, i) => ({ source: 'p0', offset: placed[i]!.offset, view: { ...view, visitor: null } })),
      now,
    )
    await log.model.deleteMany({ savedAt: { $lt: new Date(now.getTime() - LOG_DAYS * DAY_MS) } })
  }

  /** What is told of one page, and the views of which each number is the sum. Weeks are told of once. */
  async function told(page: string, seen: readonly Seen[], { stretches, weeks }: Known): Promise<Sum[]> {
    const { series } = await ask(page, {})
    for (const { from, to, views } of series)
      if (stretches.get(from)?.views !== views)
        stretches.set(from, { from, to, views, counted: seen.filter(({ day }) => day >= from && day <= to) })
    const within = ({ from, to }: Time) => [...stretches.values()].filter((one) => one.from >= from && one.to <= to)
    for (const week of (await ask(page, { interval: 'week' })).series) {
      const { countries } = await ask(page, { from: week.from, to: week.to })
      const counted = within(week).flatMap((stretch) => stretch.counted)
      const named = new Set(countries.map(({ value }) => value))
      const isOf = (value: string, { country }: Seen) => (value === 'other' ? !named.has(country) : country === value)
      const sums = countries.map(({ value, views }) => ({
        views,
        counted: counted.filter((view) => isOf(value, view)),
      }))
      const name = `${week.from} ${week.to}`
      if (sums.length > 0 && !weeks.has(name)) weeks.set(name, sums)
    }
    return [...stretches.values(), ...[...weeks.values()].flat()]
  }

  it('learns of no number under five, though views come late and others are forgotten', async () => {
    const pages = Array.from({ length: PAGES }, newPage)
    const all = fc.sample(views, { numRuns: 1_200, seed: 5 }).map(({ page, day, country, late, time }) => ({
      ...{ page: pages[page]!, day: dayAt(day), came: `${dayAt(day + late)}T${time}`, country: COUNTRIES[country]! },
    }))
    const now = jest.spyOn(analytics.service.get(Clock), 'now')
    const equations = new Map(pages.map((page) => [page, new Equations()]))
    const known = new Map(pages.map((page): [string, Known] => [page, { stretches: new Map(), weeks: new Map() }]))
    let numbers = 0
    for (let n = 0; n < DAYS; n++) {
      for (const { time, askedEach } of TIMES) {
        const moment = `${dayAt(n)}T${time}`
        const at = new Date(`${moment}Z`)
        now.mockReturnValue(at)
        await come(
          all.filter(({ came }) => came === moment),
          at,
        )
        if (n % askedEach > 0) continue
        for (const page of pages) {
          const seen = all.filter((view) => view.page === page && view.came <= moment)
          for (const { views, counted } of await told(page, seen, known.get(page)!)) {
            expect(views).toBeGreaterThanOrEqual(5)
            expect(counted).toHaveLength(views)
            numbers++
            equations.get(page)!.know(new Set(counted.map(atomOf)))
          }
        }
      }
    }
    expect(numbers).toBeGreaterThan(500)
    let [hidden, found] = [0, 0]
    for (const page of pages)
      for (const few of smallSums(all.filter((view) => view.page === page))) {
        hidden++
        if (equations.get(page)!.tell(few)) found++
      }
    expect(hidden).toBeGreaterThan(1_000)
    expect(found).toBe(0)
  })
})

/** Nobody tells views apart that are alike in all of it. */
const atomOf = ({ day, country, came }: Seen): string => `${day} ${country} ${came}`

/** Of a day, of a country on a day or in days of one week, of those that came by some day: each is of less than five views. */
function smallSums(seen: readonly Seen[]): Set<string>[] {
  const groups = new Map<string, Seen[]>()
  for (const view of seen)
    for (const name of [
      view.day,
      `${view.day} ${view.country}`,
      `${view.country} ${view.came}`,
      `${view.day} late ${view.came}`,
    ])
      groups.set(name, [...(groups.get(name) ?? []), view])
  return [...groups.values()].filter(({ length }) => length < 5).map((few) => new Set(few.map(atomOf)))
}
