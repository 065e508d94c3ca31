import type { Transactions } from '@mpics/eventing'
import type { PageDayRepository } from '../page-days/page-day.repository.js'
import type { SiteTrafficRepository } from '../site/site-traffic.repository.js'
import type { View } from '../tallies/tally.js'
import { CountViews } from './count-views.js'
import type { PageViewsRepository } from './page-views.repository.js'

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
    const views = (count: number) => Array.from({ length: count }, () => ({ page: '/' }) as View)
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
})
