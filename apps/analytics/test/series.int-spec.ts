import { randomUUID } from 'node:crypto'
import { DAY_MS, HOUR_MS } from '@mpics/contracts/durations'
import { rebuilt } from '@mpics/testing'
import { type Dimension, WHOLE_SITE } from '../src/counts/dimension.js'
import { Visitors } from '../src/counts/visitors.js'
import { CountDay } from '../src/hours/count-day.js'
import { KeepClosed } from '../src/hours/keep-closed.js'
import { KeepHours } from '../src/hours/keep-hours.js'
import { ErasePhotoPage } from '../src/page-views/erase-photo-page.js'
import { SpansRepository } from '../src/spans/spans.repository.js'
import { AnalyticsHarness, browser, newPage, view } from './setup/analytics-harness.js'

const today = Math.floor(Date.now() / DAY_MS) * DAY_MS
const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10)
const localDate = (zone: string, at: number) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at)
const hourThere = (at: number) =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: 'numeric', hourCycle: 'h23' }).format(at))

/** Days of the last year on which clocks in Berlin change. */
const changes = Array.from({ length: 360 }, (_, n) => today - (n + 20) * DAY_MS).filter(
  (day) => hourThere(day) !== hourThere(day + DAY_MS),
)
const NL = { dimension: 'country', value: 'NL' } as const
const SITE = { dimension: 'site', value: WHOLE_SITE } as const

interface Counted {
  views: number
  visitors: Visitors
}
type Point = Record<'at', string> & Record<'views' | 'repeats' | 'visitors', number>

describe('a series over stored counts', () => {
  let analytics: AnalyticsHarness
  const hours = new Map<number, Counted>()

  /** Places of sketches, which hours share. */
  const counted = (size: number): Counted => {
    const visitors = new Visitors()
    for (let n = 0; n < size; n++) visitors.add((Math.floor(Math.random() * 4_096) << 6) | (1 + (n % 7)))
    return { views: size + 3, visitors }
  }
  const close = async (hour: number, closing: number) => {
    const cell = { ...hours.get(hour)!, repeats: 1 }
    const cells = [SITE, NL].map((of: { dimension: Dimension; value: string }) => ({ ...of, ...cell }))
    await analytics.service.get(KeepClosed).hour(new Date(hour), cells, closing)
  }
  const closeDay = async (day: number, closing: number) => {
    const counts = await analytics.service.get(CountDay).execute(new Date(day))
    await analytics.service.get(KeepClosed).day(new Date(day), counts, closing)
  }

  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
    const days = changes.flatMap((change) => [-1, 0, 1, 2].map((n) => change + n * DAY_MS))
    for (const day of days)
      for (let hour = day; hour < day + DAY_MS; hour += 2 * HOUR_MS) hours.set(hour, counted(200 + hours.size))
    for (const hour of hours.keys()) await close(hour, 1)
    for (const day of days) await closeDay(day, 1)
  })
  afterAll(() => analytics.close())
  afterEach(() => jest.restoreAllMocks())

  const ask = async (query: Record<string, unknown>): Promise<Point[]> => {
    const analyst = analytics.service.as({ accountId: randomUUID(), roles: ['member', 'analyst'] })
    return (await analyst.get('/v1/admin/traffic/series').query(query).expect(200)).body.items
  }
  const PERIOD = { from: dateOf(Math.min(...changes) - 40 * DAY_MS), to: dateOf(today - DAY_MS) }
  const shown = (points: readonly Point[]) =>
    points.filter(({ views }) => views > 0).map(({ views, repeats, visitors }) => [views, repeats, visitors])

  /** The sketches of the hours of each stretch, merged. */
  const merged = (stretchOf: (hour: number) => string) =>
    [...Map.groupBy([...hours.keys()].sort(), stretchOf).values()].map((all) => {
      const [visitors, views] = [new Visitors(), all.reduce((sum, hour) => sum + hours.get(hour)!.views, 0)]
      for (const hour of all) visitors.merge(hours.get(hour)!.visitors)
      return [views, all.length, Math.min(visitors.estimate(), views)]
    })
  const stretches: Record<string, (date: string) => string> = {
    day: (date) => date,
    week: (date) => String(Math.floor((Date.parse(date) / DAY_MS + 3) / 7)),
    month: (date) => date.slice(0, 7),
  }

  it.each(
    ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns'].flatMap((zone) =>
      Object.keys(stretches).map((interval) => ({ zone, interval })),
    ),
  )('shows what the hours of each $interval in $zone merge to, asked once and again', async ({ zone, interval }) => {
    const expected = merged((hour) => stretches[interval]!(localDate(zone, hour)))
    expect(expected.length).toBeGreaterThan(1)
    for (const filters of [{}, { country: 'NL' }])
      for (let times = 0; times < 2; times++)
        expect(shown(await ask({ ...PERIOD, zone, interval, ...filters }))).toEqual(expected)
  })

  it('adds closed hours up once, and reads no sketch again', async () => {
    const query = { ...PERIOD, interval: 'day', zone: 'Asia/Tokyo' }
    const first = await ask(query)
    await analytics.database.command({ profile: 2 })
    expect(await ask(query)).toEqual(first)
    await ask({ ...PERIOD, interval: 'day' })
    await analytics.database.command({ profile: 0 })
    const reads = { ns: /\.(hours|days)$/, 'command.find': { $exists: true } }
    const found = await analytics.database.collection('system.profile').find(reads).toArray()
    expect(found.length).toBeGreaterThan(0)
    for (const { command } of found) expect(command.projection).not.toHaveProperty('seen')
  })

  it('reads closed days as rows of sixteen, in UTC as in a zone', async () => {
    for (const zone of ['UTC', 'Asia/Tokyo']) {
      const query = { ...PERIOD, interval: 'day', zone, country: 'NL' }
      const [first, profile] = [await ask(query), analytics.database.collection('system.profile')]
      await profile.drop()
      await analytics.database.command({ profile: 2 })
      expect(await ask(query)).toEqual(first)
      await analytics.database.command({ profile: 0 })
      const reads = await profile.find({ ns: /\.(hours|days|spans)$/, nreturned: { $exists: true } }).toArray()
      const read = reads.reduce((sum, { nreturned }) => sum + Number(nreturned), 0)
      expect(first.length).toBeGreaterThan(200)
      expect(read).toBeGreaterThan(0)
      expect(read).toBeLessThan(first.length / 16 + 2 * 16)
    }
    const each = { counts: { $exists: true }, _id: { $not: /^days / } }
    expect(await analytics.database.collection('spans').countDocuments(each)).toBe(0)
  })

  it('has added up the days of all zones when a day is closed', async () => {
    const spans = analytics.database.collection('spans')
    const query = { ...PERIOD, interval: 'day', zone: 'Asia/Tokyo' }
    await spans.deleteMany({})
    for (const change of changes) await closeDay(change + DAY_MS, 5)
    expect(await spans.countDocuments()).toBe(23 * changes.length)
    const read = jest.spyOn(analytics.service.get(SpansRepository), 'keep')
    expect(shown(await ask(query))).toEqual(merged((hour) => localDate('Asia/Tokyo', hour)))
    const begins = read.mock.calls.flat(2).map((span) => (span as { from: Date }).from.getTime())
    expect(begins.length).toBeGreaterThan(0)
    for (const change of changes) expect(begins).not.toContain(change + 15 * HOUR_MS)
  })

  it('shows other counts once an hour was closed anew, also to who had read it before', async () => {
    const hour = [...hours.keys()].sort()[30]!
    const month = { ...PERIOD, interval: 'month', zone: 'Europe/Berlin' }
    const day = { ...PERIOD, interval: 'day', zone: 'Asia/Tokyo' }
    const keep = analytics.service.get(SpansRepository)
    const wasKept = keep.keep.bind(keep)
    const again = async (closing: number) => {
      hours.set(hour, counted(100 * closing))
      await close(hour, closing)
      await closeDay(new Date(dateOf(hour)).getTime(), closing)
    }
    await again(6)
    jest.spyOn(keep, 'keep').mockImplementationOnce(async (counts) => {
      await again(7)
      await wasKept(counts)
    })
    for (const query of [month, day]) await ask(query)
    expect(shown(await ask(month))).toEqual(merged((at) => localDate(month.zone, at).slice(0, 7)))
    expect(shown(await ask(day))).toEqual(merged((at) => localDate(day.zone, at)))
  })

  it('answers while nothing can be stored', async () => {
    const query = { ...PERIOD, interval: 'day', zone: 'Pacific/Chatham' }
    const validated = (validator: object) => analytics.database.command({ collMod: 'spans', validator })
    const kept = () => analytics.database.collection('spans').countDocuments()
    const before = await kept()
    await validated({ views: 'refused' })
    const answers = [await ask(query), await ask(query)]
    await validated({})
    expect(await kept()).toBe(before)
    for (const points of answers) expect(shown(points)).toEqual(merged((hour) => localDate('Pacific/Chatham', hour)))
  })

  it('B52.4 forgets the page of a photo with its counts, and shows the sums of a rebuild', async () => {
    const [page, day] = [newPage(), dateOf(today - 3 * DAY_MS)]
    const look = (time: string) =>
      view(page, browser(time.replaceAll(':', '')), { occurredAt: `${day}T${time}Z`, language: 'kl' })
    await analytics.publish(look('01:10:00'), look('10:10:00'), look('23:10:00'))
    await analytics.service.untilIdle()
    await analytics.service.get(KeepHours).execute()
    const query = { from: dateOf(today - 60 * DAY_MS), to: dateOf(today - DAY_MS), interval: 'day', zone: 'Asia/Tokyo' }
    const ofPage = () => ask({ ...query, page }).then(shown)
    const ofSite = () => ask(query).then((points) => shown(points).slice(-2))
    for (let times = 0; times < 2; times++)
      expect(await ofPage()).toEqual([
        [2, 0, 2],
        [1, 0, 1],
      ])
    const before = await ofSite()
    expect(await analytics.database.collection('spans').countDocuments({ value: page })).toBeGreaterThan(0)
    await analytics.service.get(ErasePhotoPage).execute(page.slice('/photos/'.length))
    expect(await ofPage()).toEqual([])
    expect(await analytics.everythingStored()).not.toContain(page)
    await analytics.database.collection('hours').updateMany({ at: { $gte: new Date(day) } }, { $set: { views: 99 } })
    await rebuilt(analytics.service, 'hours')
    expect(await ofSite()).toEqual(before)
  })

  it('counts a view that comes late into a closed hour, in days of a zone that were added up before', async () => {
    const day = dateOf(today - 6 * DAY_MS)
    const look = async (...times: string[]) => {
      await analytics.publish(
        ...times.map((time) =>
          view(newPage(), browser(time), { occurredAt: `${day}T${time.replace('h', ':')}:00Z`, country: 'GL' }),
        ),
      )
      await analytics.service.untilIdle()
      await analytics.service.get(KeepHours).execute()
    }
    const query = { ...PERIOD, interval: 'day', zone: 'Asia/Tokyo', country: 'GL' }
    await look('01h10', '10h10', '23h10')
    for (let times = 0; times < 2; times++) expect(shown(await ask(query)).map(([views]) => views)).toEqual([2, 1])
    expect(await analytics.database.collection('spans').countDocuments({ value: 'GL', views: 2 })).toBe(1)
    await look('10h40')
    for (let times = 0; times < 2; times++) expect(shown(await ask(query)).map(([views]) => views)).toEqual([3, 1])
  })

  it('B52 keeps nothing of a value that was never viewed: it is what somebody typed', async () => {
    const typed = [{ page: '/@typed-name' }, { page: `/profiles/${randomUUID()}/` }, { referrer: 'typed-name.example' }]
    for (const filter of typed) {
      const points = await ask({ ...PERIOD, interval: 'day', zone: 'Asia/Tokyo', ...filter })
      expect(points.length).toBeGreaterThan(0)
      expect(shown(points)).toEqual([])
      for (const value of Object.values(filter)) expect(await analytics.everythingStored()).not.toContain(value)
    }
  })

  it('keeps so many at most, and makes room by those that would end next', async () => {
    const spans = analytics.service.get(SpansRepository)
    const kept = analytics.database.collection('spans')
    const stored = () => kept.find().sort({ since: 1, _id: 1 }).toArray()
    await ask({ ...PERIOD, interval: 'day', zone: 'Pacific/Auckland' })
    const before = await stored()
    spans.sums.max = before.length
    const query = { ...PERIOD, interval: 'day', zone: 'Australia/Perth' }
    const counted = await ask(query)
    expect(await stored()).toEqual(before)
    await spans.makeRoom(new AbortController().signal)
    const left = await stored()
    expect(left).toHaveLength(Math.floor(before.length * 0.9))
    const ends = ({ since }: Record<string, unknown>) => Number(since)
    expect(ends(left[0]!)).toBeGreaterThanOrEqual(ends(before[before.length - left.length - 1]!))
    expect(await ask(query)).toEqual(counted)
    expect((await stored()).length).toBeGreaterThan(left.length)
  })
})
