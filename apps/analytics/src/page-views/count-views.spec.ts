import type { Transactions } from '@mpics/eventing'
import type { Session } from '@mpics/mongo'
import type { PageDayRepository } from '../page-days/page-day.repository.js'
import type { SiteTrafficRepository } from '../site/site-traffic.repository.js'
import type { View } from '../tallies/tally.js'
import { CountViews } from './count-views.js'
import type { PageViewsRepository } from './page-views.repository.js'

const at = new Date('2026-02-04T23:59:59Z')
const viewOf = (page: string, time: Date) => ({ page, at: time, source: 'traffic-0' }) as View

describe('views that are counted together', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it('wait after many, and are written at once with those of a partition that catches up', async () => {
    const written: number[] = []
    const part = { changes: 1, save: async () => undefined, remember: () => undefined }
    const pages = { counting: async () => part } as unknown as PageViewsRepository & PageDayRepository
    const site = { counting: async (views: readonly View[]) => (written.push(views.length), part) }
    const none = {} as Transactions
    const counting = new CountViews(pages, pages, site as unknown as SiteTrafficRepository, none)
    const views = (count: number) => Array.from({ length: count }, () => viewOf('/', at))
    void counting.execute(views(1_000))
    await jest.advanceTimersByTimeAsync(20)
    void counting.execute(views(3))
    await jest.advanceTimersByTimeAsync(100)
    expect(written).toEqual([1_000])
    void counting.execute(views(1_900), true)
    await jest.advanceTimersByTimeAsync(20)
    expect(written).toEqual([1_000, 1_903])
    void counting.execute(views(3))
    await jest.advanceTimersByTimeAsync(249)
    expect(written).toHaveLength(2)
    await jest.advanceTimersByTimeAsync(1)
    expect(written[2]).toBe(3)
  })

  it('are read once, and saved one by one where their transaction fails or would be too large', async () => {
    const session = {} as Session
    const save = jest.fn(async (_session?: Session) => undefined)
    const counting = jest.fn(async () => ({ changes: 1, save, remember: () => undefined }))
    const all = { counting } as unknown as PageViewsRepository & PageDayRepository & SiteTrafficRepository
    const make = jest.fn(async (writes: (session: Session) => Promise<void>) => (await writes(session), false))
    const views = new CountViews(all, all, all, { make } as unknown as Transactions)
    const pages = Array.from({ length: 1_400 }, (_, i) => `/photos/${i}`)
    const ofDay = (time: Date) => pages.map((page) => viewOf(page, time))
    void views.execute(ofDay(at))
    await jest.advanceTimersByTimeAsync(500)
    expect(counting).toHaveBeenCalledTimes(3)
    expect(save.mock.calls.map(([within]) => within)).toEqual([...Array(3).fill(session), ...Array(3).fill(undefined)])
    // 1,400 pages and a partition, on two days and in all
    void views.execute([...ofDay(at), ...ofDay(new Date(at.getTime() + 1_000))])
    await jest.advanceTimersByTimeAsync(500)
    expect([make, counting, save].map(({ mock }) => mock.calls.length)).toEqual([1, 6, 9])
  })
})
