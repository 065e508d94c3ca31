import { randomUUID } from 'node:crypto'
import { gateway, media } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { Connection, PersonalData } from '@mpics/mongo'
import { documentsWith, eraseAll, eventually, exportOf, unstatedFields } from '@mpics/testing'
import { PageDayRepository } from '../src/page-days/page-day.repository.js'
import { TellPage } from '../src/page-stats/tell-page.js'
import { ErasePhotoPage } from '../src/page-views/erase-photo-page.js'
import { AnalyticsHarness, newPage, view } from './setup/analytics-harness.js'

describe('what owners may know of their pages', () => {
  let analytics: AnalyticsHarness
  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
  })
  afterAll(() => analytics.close())

  /** Monday of two weeks ago. */
  const monday = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS)
  monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7) - 14)
  const day = (n: number) => new Date(monday.getTime() + n * DAY_MS).toISOString().slice(0, 10)

  const ask = async (page: string, query: object = {}, status = 200) =>
    (
      await analytics.service
        .from('gateway')
        .get('/internal/page-stats')
        .query({ page, ...query })
        .expect(status)
    ).body

  it('B15 B16 are how often, from where and from which country, with no number under five', async () => {
    const page = newPage()
    const look = (times: number, n: number, country: string, referrerHost: string | null) =>
      Array.from({ length: times }, () =>
        view(page, null, { occurredAt: `${day(n)}T10:00:00Z`, country, referrerHost }),
      )
    await analytics.publish(
      ...look(6, 0, 'NL', 'search.example'),
      ...look(3, 1, 'DE', 'search.example'),
      ...look(9, 3, 'SE', null),
      ...look(2, 4, 'IS', 'friend.example'),
      ...[0, 0, 2, 3].map((n) => gateway.ownViewRecorded.of({ page, day: day(n) })),
    )
    await analytics.untilTotal(page, 24)
    await analytics.service.untilIdle()
    const stats = await ask(page)
    expect(stats).toEqual({
      ...{ total: 24, unique: 0, rules: '/help/counting' },
      series: [
        { from: day(0), to: day(0), views: 6 },
        { from: day(1), to: day(3), views: 12 },
      ],
      referrers: expect.arrayContaining([
        { value: 'none', views: 9 },
        { value: 'search.example', views: 9 },
      ]),
      countries: expect.arrayContaining([
        { value: 'SE', views: 9 },
        { value: 'other', views: 9 },
      ]),
    })
    expect((await ask(page, { from: day(1), interval: 'week' })).series).toEqual([])
    expect((await ask(page, { interval: 'month' })).series.length).toBeLessThanOrEqual(2)
    expect(await ask(page, { from: day(1), to: day(6) })).toMatchObject({ countries: [], referrers: [] })
    expect(await ask(newPage(), { from: '1926-01-01', to: '2126-01-01' })).toMatchObject({ total: 0, series: [] })
    await ask(page, { interval: 'hour' }, 422)
    const reversed = await ask(page, { from: day(2), to: day(1) }, 422)
    expect(reversed).toMatchObject({ code: 'input-invalid', errors: [{ path: 'from', code: 'out-of-range' }] })
    await ask(page, { from: day(1), to: day(1) })
    expect(await ask(page, { from: '2126-01-01' })).toMatchObject({ total: 24, series: [] })
  })

  /** What happens after the days of the page are read, and before what is told of them is saved. */
  const meanwhile = (change: () => Promise<unknown>) => {
    const days = analytics.service.get(PageDayRepository)
    const ofPage = days.ofPage.bind(days)
    return jest.spyOn(days, 'ofPage').mockImplementationOnce(async (page) => {
      const found = await ofPage(page)
      await change()
      return found
    })
  }

  it('are told alike to two who ask at once, and nothing is kept of a page that is erased meanwhile', async () => {
    const page = newPage()
    const looks = () => Array.from({ length: 6 }, () => view(page, null, { occurredAt: `${day(0)}T10:00:00Z` }))
    await analytics.publish(...looks())
    await analytics.untilTotal(page, 6)
    await analytics.service.untilIdle()
    const [tell, pages] = [
      analytics.service.get(TellPage),
      analytics.database.collection<{ _id: string }>('told_pages'),
    ]
    let first: unknown
    meanwhile(async () => {
      await analytics.database.collection('page_days').updateOne({ page }, { $set: { total: 12 } })
      first = await tell.execute(page)
    })
    const second = await tell.execute(page)
    expect(second.days).toEqual([{ from: day(0), to: day(0), views: 12 }])
    expect(second).toMatchObject(first as object)
    expect(await pages.findOne({ _id: page })).toMatchObject({ version: 1, days: second.days, weeks: second.weeks })
    const overtaken = jest.spyOn(analytics.service.get(PageDayRepository), 'ofPage').mockImplementation(async () => {
      await pages.updateOne({ _id: page }, { $inc: { version: 1 } })
      return [{ day: day(0), total: 50 }]
    })
    expect((await tell.execute(page)).days).toEqual(second.days)
    overtaken.mockRestore()
    await pages.deleteOne({ _id: page })
    meanwhile(() => analytics.service.get(ErasePhotoPage).execute(page.split('/')[2]!))
    expect((await tell.execute(page)).days).toHaveLength(1)
    expect(await pages.countDocuments({ _id: page })).toBe(0)
  })

  it('B52 are forgotten with the page, and exported before', async () => {
    const [accountId, other] = [randomUUID(), newPage()]
    const page = `/profiles/${accountId}`
    const looks = (of: string) =>
      Array.from({ length: 6 }, () =>
        view(of, null, { subjectId: of.split('/')[2]!, occurredAt: `${day(0)}T10:00:00Z` }),
      )
    await analytics.publish(...looks(page), ...looks(other))
    for (const each of [page, other]) await analytics.untilTotal(each, 6)
    await analytics.service.untilIdle()
    for (const each of [page, other]) expect((await ask(each)).series).toHaveLength(1)
    const [register, connection] = [analytics.service.get(PersonalData), analytics.service.get<Connection>(Connection)]
    const { told_pages } = await exportOf(register, accountId)
    expect(told_pages).toMatchObject([{ days: [{ from: day(0), to: day(0), views: 6 }], weeks: [{ to: day(0) }] }])
    expect(await unstatedFields(connection, register)).toEqual([])
    expect(await eraseAll(register, accountId)).toMatchObject({ told_pages: 1 })
    expect(await documentsWith(connection, [accountId])).toEqual([])
    await analytics.service.publish(media.photoErased.of({ photoId: other.split('/')[2]! }))
    await eventually(
      async () => (await analytics.database.collection('told_pages').countDocuments({ _id: other as never })) === 0,
    )
  })

  it('B17.1 are nothing while the operator shows no counts', async () => {
    const page = newPage()
    await analytics.publish(view(page, null))
    await analytics.untilTotal(page, 1)
    await analytics.restart({ ANALYTICS_SHOW_COUNTS: 'false' })
    expect(await ask(page)).toMatchObject({ total: null, unique: null, series: [], countries: [] })
  })
})
