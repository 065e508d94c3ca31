import { hash } from 'node:crypto'
import type { Transactions } from '@mpics/eventing'
import { Connection, connectMongo } from '@mpics/mongo'
import { commandsOf } from '@mpics/testing'
import { CountViews } from '../src/page-views/count-views.js'
import { PageDayRepository } from '../src/page-days/page-day.repository.js'
import { PageViewsRepository } from '../src/page-views/page-views.repository.js'
import { placeOf } from '../src/sketch/hyperloglog.js'
import type { View } from '../src/tallies/tally.js'
import { AnalyticsHarness, browser, newPage, view } from './setup/analytics-harness.js'

const OWN = /^(pages|page_days|site_traffic)$/

describe('what counting asks of MongoDB', () => {
  let analytics: AnalyticsHarness
  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
  })
  afterAll(() => analytics.close())

  const commandsDuring = async (work: () => Promise<unknown>) => (await commandsOf(analytics.service, OWN, work)).sort()

  const start = Date.now()
  const counting = () => analytics.service.get(CountViews)
  // named by what is the same in each run: of random browsers two would share a register now and then, and count as one
  const viewOf = (page: string, source: string, offset: number): View => ({
    page,
    at: new Date(start + offset * 1_000),
    place: placeOf(hash('sha256', `${source} ${offset}`, 'binary')),
    source,
    offset,
  })
  const sources = Array.from({ length: 12 }, (_, i) => `test-${i}`)
  const pages = sources.map(newPage)
  const round = (offset: number) => () =>
    Promise.all(sources.map((source, i) => counting().execute([viewOf(pages[i]!, source, offset)])))

  it('is three writes for all the views of a moment, and what it wrote before it does not read', async () => {
    const reads = ['find page_days', 'find pages', 'find site_traffic']
    const writes = ['update page_days', 'update pages', 'update site_traffic']
    const first = ['insert pages', 'update page_days', 'update site_traffic']
    expect(await commandsDuring(round(1))).toEqual([...reads, ...first])
    expect(await commandsDuring(round(2))).toEqual(writes)
    // what was counted before waits until a majority has it
    expect(await commandsDuring(round(2))).toEqual(writes)
    for (const page of pages) expect(await analytics.counts(page)).toEqual({ total: 2, unique: 2 })
  })

  it('writes no sketch for browsers that are in it', async () => {
    const [page, place] = [newPage(), placeOf(hash('sha256', 'a browser', 'binary'))]
    const look = (offset: number) => counting().execute([{ ...viewOf(page, 'known', offset), place }])
    const sketches: boolean[] = []
    await look(1)
    await commandsOf(
      analytics.service,
      OWN,
      () => look(2),
      (_, { updates }) => sketches.push(JSON.stringify(updates).includes('registers')),
    )
    expect(sketches).toEqual([false, false, false])
    expect(await analytics.counts(page)).toEqual({ total: 2, unique: 1 })
  })

  it('is asked once for views that come to Kafka one after the other', async () => {
    const few = [newPage(), newPage(), newPage()]
    const made = await commandsDuring(async () => {
      for (let i = 0; i < 60; i++) await analytics.publish(view(few[i % 3]!, browser(`v${i}`)))
      for (const page of few) await analytics.untilTotal(page, 20)
      await analytics.service.untilIdle()
    })
    const saves = made.filter((command) => command === 'update site_traffic').length
    expect([saves > 0, saves < 60 / 4]).toEqual([true, true])
  })

  it('B12 counts on in a tally that somebody else has saved meanwhile', async () => {
    const before = await totals()
    await round(3)()
    const moved = { $inc: { version: 1, total: 10 } }
    for (const collection of ['pages', 'page_days', 'site_traffic'])
      await analytics.database.collection<{ _id: string }>(collection).updateMany({}, moved)
    await round(4)()
    expect(await totals()).toEqual(before.map((total) => total + 12))
  })

  it('B12 counts on where somebody saves a tally between its reading and its writing in one transaction', async () => {
    const [unread, days] = [sources.map(newPage), analytics.service.get(PageDayRepository)]
    const stored = analytics.database.collection<{ _id: string }>('pages')
    const before = { total: 5, unique: 1, registers: Buffer.alloc(0), offsets: {}, asOf: new Date(start), version: 1 }
    await stored.insertMany(unread.map((_id) => ({ _id, ...before })))
    const count = days.counting.bind(days)
    const reading = jest.spyOn(days, 'counting').mockImplementationOnce(async (byPage, session) => {
      expect(session?.inTransaction()).toBe(true)
      await stored.updateMany({ _id: { $in: unread } }, { $inc: { version: 1, total: 10 } })
      return count(byPage, session)
    })
    await Promise.all(sources.map((source, i) => counting().execute([viewOf(unread[i]!, `late ${source}`, 1)])))
    reading.mockRestore()
    for (const page of unread) expect(await analytics.counts(page)).toMatchObject({ total: 16 })
  })

  /** The removal of what was published is a transaction, too. */
  const outboxesEmpty = () => analytics.service.untilIdle()
  const totals = () => Promise.all(pages.map(async (page) => (await analytics.counts(page))?.total ?? 0))

  it('B12 counts on where a process died that had begun to save a tally, long before MongoDB gives it up', async () => {
    const own = analytics.service.get(Connection)
    const other = await connectMongo(process.env['MONGODB_URI']!, { appName: 'another program' })
    const begun = async (connection: Connection, _id: string) => {
      const session = await connection.startSession()
      session.startTransaction()
      const stored = connection.getClient().db(own.name).collection<{ _id: string }>('pages')
      await stored.updateOne({ _id }, { $inc: { version: 1, total: 10 } }, { session, upsert: true })
      return session
    }
    try {
      await outboxesEmpty()
      const [witness, dead] = [await begun(other, 'of nobody'), await begun(own, pages[0]!)]
      const before = await totals()
      await round(5)()
      expect(await totals()).toEqual(before.map((total) => total + 1))
      await expect(dead.commitTransaction()).rejects.toThrow('aborted')
      await witness.commitTransaction()
      for (const session of [dead, witness]) await session.endSession()
    } finally {
      await other.close()
    }
  })

  it.each([
    ['is made', 'Error', 6],
    ['is made', 'MongoNetworkError', 7],
    ['is not made', 'MongoNetworkError', 8],
  ])('B12 counts each view once where a commit %s, and an answer is lost: %s', async (end, name, offset) => {
    const counts = counting() as unknown as { transactions: Transactions }
    const { transactions } = counts
    // an outage of one keeps the others apart for a minute
    counts.transactions = Object.create(transactions) as Transactions
    await outboxesEmpty()
    const session = await analytics.service.get(Connection).startSession()
    const sessions = Object.getPrototypeOf(session) as typeof session
    await session.endSession()
    const commit = Reflect.get(sessions, 'commitTransaction')
    const losing = jest.spyOn(sessions, 'commitTransaction').mockImplementationOnce(async function (this: unknown) {
      if (end === 'is made') await commit.call(this as typeof session)
      throw Object.assign(new Error('no answer'), { name })
    })
    const before = await totals()
    await round(offset)()
    expect(losing).toHaveBeenCalled()
    losing.mockRestore()
    expect(await totals()).toEqual(before.map((total) => total + 1))
    await round(offset)()
    counts.transactions = transactions
    expect(await totals()).toEqual(before.map((total) => total + 1))
  })

  it('B12 counts the views of one partition, though another’s fail', async () => {
    const repository = analytics.service.get(PageViewsRepository)
    const [good, bad] = [newPage(), newPage()]
    const count = repository.counting.bind(repository)
    const failing = jest.spyOn(repository, 'counting').mockImplementation((byPage) => {
      return byPage.has(bad) ? Promise.reject(new Error('cannot be counted')) : count(byPage)
    })
    const ends = await Promise.allSettled([good, bad].map((page, i) => counting().execute([viewOf(page, `x${i}`, 1)])))
    failing.mockRestore()
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    await counting().execute([viewOf(bad, 'x1', 1)])
    for (const page of [good, bad]) expect(await analytics.counts(page)).toEqual({ total: 1, unique: 1 })
  })
})
