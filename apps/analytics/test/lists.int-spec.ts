import { randomUUID } from 'node:crypto'
import { DAY_MS, HOUR_MS } from '@mpics/contracts/durations'
import { type Dimension, WHOLE_SITE } from '../src/counts/dimension.js'
import { Visitors } from '../src/counts/visitors.js'
import { CountDay } from '../src/hours/count-day.js'
import { KeepClosed } from '../src/hours/keep-closed.js'
import { ErasePhotoPage } from '../src/page-views/erase-photo-page.js'
import { RankingsRepository } from '../src/spans/rankings.repository.js'
import { AnalyticsHarness, newPage } from './setup/analytics-harness.js'

const today = Math.floor(Date.now() / DAY_MS) * DAY_MS
const days = [40, 39, 20].map((ago) => today - ago * DAY_MS)
const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10)
const PERIOD = { from: dateOf(days[0]!), to: dateOf(days[2]!) }
const photo = newPage()
const shares = [
  ...[WHOLE_SITE].map((value) => ({ dimension: 'site', value, size: 900 })),
  ...['NL', 'DE', 'FR'].map((value, i) => ({ dimension: 'country', value, size: 800 / 3 ** i })),
  ...[photo, '/explore'].map((value, i) => ({ dimension: 'page', value, size: 300 / 2 ** i })),
] as { dimension: Dimension; value: string; size: number }[]

interface Counted {
  views: number
  visitors: Visitors
}

describe('lists over stored counts', () => {
  let analytics: AnalyticsHarness
  const hours = new Map<string, Counted>()

  const counted = (size: number): Counted => {
    const visitors = new Visitors()
    for (let n = 0; n < size; n++) visitors.add((Math.floor(Math.random() * 4_096) << 6) | (1 + (n % 7)))
    return { views: Math.ceil(size) + 3, visitors }
  }
  /** An hour and its day, each with other counts than before. */
  const close = async (hour: number, closing: number) => {
    const cells = shares.map(({ dimension, value, size }) => {
      const cell = counted(size + closing)
      hours.set(`${hour} ${dimension} ${value}`, cell)
      return { dimension, value, repeats: 1, ...cell }
    })
    const [closed, day] = [analytics.service.get(KeepClosed), new Date(dateOf(hour))]
    await closed.hour(new Date(hour), cells, closing)
    await closed.day(day, await analytics.service.get(CountDay).execute(day), closing)
  }

  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
    for (const day of days) for (const hour of [3, 17]) await close(day + hour * HOUR_MS, 1)
  })
  afterAll(() => analytics.close())
  afterEach(() => jest.restoreAllMocks())

  const ask = async (list: string, query: object): Promise<Record<string, unknown>[]> => {
    const analyst = analytics.service.as({ accountId: randomUUID(), roles: ['member', 'analyst'] })
    return (await analyst.get(`/v1/admin/traffic/${list}`).query(query).expect(200)).body.items
  }
  const merged = (dimension: Dimension) =>
    shares
      .filter((share) => share.dimension === dimension)
      .map(({ value }) => {
        const cells = [...hours].filter(([key]) => key.endsWith(` ${dimension} ${value}`)).map(([, cell]) => cell)
        const [visitors, views] = [new Visitors(), cells.reduce((sum, cell) => sum + cell.views, 0)]
        for (const cell of cells) visitors.merge(cell.visitors)
        return { value, views, repeats: cells.length, visitors: Math.min(visitors.estimate(), views) }
      })
  const rankings = () => analytics.database.collection('rankings')

  it('shows what the cells of each value merge to, asked once and again, and reads them once', async () => {
    const profile = analytics.database.collection('system.profile')
    expect(await ask('countries', PERIOD)).toEqual(merged('country'))
    await analytics.database.command({ profile: 2 })
    expect(await ask('countries', PERIOD)).toEqual(merged('country'))
    await analytics.database.command({ profile: 0 })
    expect(await profile.countDocuments({ ns: /\.rankings$/ })).toBe(1)
    expect(await profile.countDocuments({ ns: /\.(hours|days)$/, 'command.filter.dimension': 'country' })).toBe(0)
    expect(await ask('countries', { ...PERIOD, limit: 2 })).toEqual(merged('country').slice(0, 2))
    expect(await ask('countries', { from: PERIOD.from })).toEqual(merged('country'))
    expect(await rankings().countDocuments()).toBe(2)
  })

  it('shows other counts once an hour was closed anew, also to who counted meanwhile', async () => {
    const keep = analytics.service.get(RankingsRepository)
    const wasKept = keep.keep.bind(keep)
    jest.spyOn(keep, 'keep').mockImplementationOnce(async (ranking) => {
      await close(days[1]! + 3 * HOUR_MS, 7)
      await wasKept(ranking)
    })
    await close(days[1]! + 3 * HOUR_MS, 6)
    await ask('countries', PERIOD)
    expect(await ask('countries', PERIOD)).toEqual(merged('country'))
  })

  it('answers while nothing can be stored', async () => {
    const validated = (validator: object) => analytics.database.command({ collMod: 'rankings', validator })
    await validated({ writes: 'refused' })
    const items = await ask('countries', { ...PERIOD, limit: 3 })
    await validated({})
    expect(items).toEqual(merged('country'))
  })

  it('B52.4 forgets the page of a photo with its place in lists', async () => {
    expect(await ask('pages', PERIOD)).toEqual(merged('page'))
    expect(await rankings().countDocuments({ values: photo })).toBe(1)
    await analytics.service.get(ErasePhotoPage).execute(photo.slice('/photos/'.length))
    expect(await ask('pages', PERIOD)).toEqual(merged('page').slice(1))
    expect(await analytics.everythingStored()).not.toContain(photo)
  })

  it('keeps so many at most', async () => {
    const [repository, before] = [analytics.service.get(RankingsRepository), await rankings().countDocuments()]
    expect(before).toBeGreaterThan(1)
    repository.sums.max = before
    expect(await ask('countries', { ...PERIOD, limit: 1 })).toEqual(merged('country').slice(0, 1))
    expect(await rankings().countDocuments()).toBe(before)
    await repository.makeRoom(new AbortController().signal)
    expect(await rankings().countDocuments()).toBe(Math.floor(before * 0.9))
  })
})
