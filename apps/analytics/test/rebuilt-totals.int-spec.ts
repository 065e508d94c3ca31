import { analytics as contract, gateway } from '@mpics/contracts'
import { createKafka, ErasedIds, Projections } from '@mpics/eventing'
import { eventually, kafkaAccess, rebuilt } from '@mpics/testing'
import { KeptDays } from '../src/recount/kept-days.js'
import { OpenRecounts } from '../src/recount/open-recounts.js'
import { PageCounts } from '../src/recount/page-counts.js'
import { Recount } from '../src/recount/recount.js'
import { AnalyticsHarness, browser, newPage, ownView, view } from './setup/analytics-harness.js'

/** Days of pages in one pass. */
const MAX_AT_ONCE = 10

interface Stored {
  _id: string
  version: number
  total: number
  [field: string]: unknown
}

describe('the totals counted anew from the topics', () => {
  let analytics: AnalyticsHarness
  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
  })
  afterAll(() => analytics.close())

  const collection = (name: string) => analytics.database.collection<{ _id: string }>(name)
  /** All counts, without how often they were written. */
  const counts = async () => {
    await analytics.service.untilIdle()
    const all = await Promise.all(
      ['pages', 'page_days', 'site_traffic'].map(
        (name) => collection(name).find().sort({ _id: 1 }).toArray() as Promise<Stored[]>,
      ),
    )
    return all.map((documents) => documents.map(({ version: _, _outbox, _tombstoneAt, ...counted }) => counted))
  }
  const rebuild = (allowEmpty = false) => rebuilt(analytics.service, 'totals', allowEmpty)
  const spoil = (filter: object, name: string, change: Record<string, unknown>) =>
    collection(name).updateMany(filter, { $inc: { version: 1 }, $set: change })

  /** 40 views by 10 browsers and unknown ones, and looks of the owner, of yesterday and today. */
  async function viewed(): Promise<string> {
    const page = newPage()
    const yesterday = new Date(Date.now() - 24 * 3_600_000).toISOString()
    const views = Array.from({ length: 40 }, (_, i) =>
      view(page, i % 4 === 0 ? null : browser(`v${i % 10}`), i < 20 ? { occurredAt: yesterday } : {}),
    )
    await analytics.publish(...views, view(page, browser('bot'), { bot: true }), ownView(page), ownView(page))
    await analytics.untilTotal(page, 42)
    return page
  }

  it('B15.1 are those that were there, to the last register, and nothing is written', async () => {
    await viewed()
    const before = await counts()
    const versions = await collection('pages').find().project({ version: 1 }).toArray()
    expect(await rebuild()).toMatchObject({
      state: 'done',
      added: 0,
      mended: 0,
      removed: 0,
      scanned: expect.any(Number),
    })
    expect(await counts()).toEqual(before)
    expect(await collection('pages').find().project({ version: 1 }).toArray()).toEqual(versions)
  })

  it('take the place of wrong ones, of lost ones and of made-up ones, and topics tell of it', async () => {
    const [page, lost] = [await viewed(), await viewed()]
    const right = await counts()
    await spoil({ _id: page }, 'pages', { total: 7, unique: 7, offsets: { 3: 99_999_999 } })
    await spoil({ page }, 'page_days', { total: 1, registers: new Uint8Array() })
    await collection('pages').deleteOne({ _id: lost })
    await collection('page_days').deleteMany({ page: lost })
    await spoil({}, 'site_traffic', { total: 3 })
    const madeUp = newPage()
    const tally = { total: 5, unique: 5, registers: new Uint8Array(), offsets: {}, asOf: new Date(), version: 1 }
    const today = new Date().toISOString().slice(0, 10)
    await collection('pages').insertOne({ _id: madeUp, ...tally })
    await collection('page_days').insertOne({ _id: `${today} ${madeUp}`, page: madeUp, day: today, ...tally } as never)
    expect(await rebuild()).toMatchObject({ state: 'done', added: 1, mended: 3 })
    expect(await analytics.counts(madeUp)).toEqual({ total: 0, unique: 0 })
    await collection('pages').deleteOne({ _id: madeUp })
    const [pages, days, site] = await counts()
    expect(pages!.find(({ _id }) => _id === page)).toMatchObject({ total: 42 })
    expect([pages!.map(({ offsets: _, ...rest }) => rest), days, site]).toEqual([
      right[0]!.map(({ offsets: _, ...rest }) => rest),
      right[1],
      right[2],
    ])
    const told = (await analytics.service.events(contract.viewTotalUpdated)).filter(({ data }) => data.page === page)
    expect(told.at(-1)!.data).toMatchObject({ total: 40, unique: 10 })
  })

  it('count each view once though it comes in the middle, and live counts go on', async () => {
    const page = newPage()
    let published = 0
    let isOver = false
    const visiting = (async () => {
      for (; !isOver; published += 50)
        await analytics.publish(...Array.from({ length: 50 }, (_, i) => view(page, browser(`m${published + i}`))))
    })()
    await eventually(async () => ((await analytics.counts(page))?.total ?? 0) > 0)
    for (let round = 0; round < 3; round++) {
      await collection('site_traffic').updateMany({}, { $inc: { version: 1, total: 1 } })
      expect(await rebuild()).toMatchObject({ state: 'done' })
    }
    isOver = true
    await visiting
    await analytics.untilTotal(page, published)
    const after = await counts()
    expect(await rebuild()).toMatchObject({ state: 'done', mended: 0 })
    expect(await counts()).toEqual(after)
  })

  it('bring back no page that was erased', async () => {
    const page = await viewed()
    await collection('pages').deleteOne({ _id: page })
    await collection('page_days').deleteMany({ page })
    await analytics.service.get(ErasedIds).remember([page.slice('/photos/'.length)])
    expect(await rebuild()).toMatchObject({ state: 'done', added: 0 })
    expect(await collection('pages').countDocuments({ _id: page })).toBe(0)
  })

  /** As Kafka does after 30 days. */
  async function cut(): Promise<void> {
    const access = kafkaAccess(analytics.service.environment['KAFKA_PREFIX']!)
    const admin = createKafka(access).admin()
    await admin.connect()
    const topic = `${access.prefix}${gateway.pageViewRecorded.topic.name}`
    const ends = await admin.fetchTopicOffsets(topic)
    const partitions = ends.map(({ partition, high }) => ({ partition, offset: high }))
    await admin.deleteTopicRecords({ topic, partitions })
    await admin.disconnect()
  }

  it('add the days that every partition has lost, as they are stored', async () => {
    const page = newPage()
    const old = ['2025-03-01', '2025-03-02']
    for (const day of old) await analytics.publish(view(page, browser('o'), { occurredAt: `${day}T10:00:00Z` }))
    await analytics.publish(view(page, browser('o')), view(page, browser('p')))
    await analytics.untilTotal(page, 4)
    await analytics.service.untilIdle()
    const partitions = Array.from({ length: 12 }, (_, i) => [`${i}`, `own-${i}`]).flat()
    const kept = new KeptDays(new Map(partitions.map((partition) => [partition, '2025-03-03'])))
    jest.spyOn(Recount.prototype, 'keptDays').mockReturnValue(kept)
    await spoil({ page, day: old[0] }, 'page_days', { total: 7 })
    await spoil({ page, day: { $gt: old[1] } }, 'page_days', { total: 9 })
    expect(await rebuild()).toMatchObject({ state: 'done' })
    jest.restoreAllMocks()
    expect(await analytics.counts(page)).toEqual({ total: 10, unique: 2 })
    await spoil({ page, day: old[0] }, 'page_days', { total: 1 })
    expect(await rebuild()).toMatchObject({ state: 'done' })
    expect(await analytics.counts(page)).toEqual({ total: 4, unique: 2 })
  })

  it('keep the days that the topics lose between two of its passes', async () => {
    const pages = Array.from({ length: 20 }, newPage)
    for (const page of pages) await analytics.publish(...['a', 'b', 'c'].map((name) => view(page, browser(name))))
    for (const page of pages) await analytics.untilTotal(page, 3)
    const before = await counts()
    const recounts = analytics.service.get(OpenRecounts)
    const open = recounts.open.bind(recounts)
    let passes = 0
    jest.spyOn(recounts, 'open').mockImplementation(async (bucket) => {
      if (++passes === 2) await cut()
      const recount = await open(bucket)
      return Object.assign(recount, { pages: new PageCounts(bucket, MAX_AT_ONCE) })
    })
    expect(await rebuild()).toMatchObject({ state: 'done', removed: 0 })
    jest.restoreAllMocks()
    expect(passes).toBeGreaterThan(1)
    expect(await counts()).toEqual(before)
  })

  it('keep the days that the topics hold no longer, with their visitors', async () => {
    const page = newPage()
    const old = '2025-03-01'
    const look = (count: number, more: object = {}) =>
      analytics.publish(...Array.from({ length: count }, (_, i) => view(page, browser(`o${i}`), more)))
    await look(30, { occurredAt: `${old}T10:00:00Z` })
    await analytics.untilTotal(page, 30)
    await cut()
    await look(20)
    await analytics.untilTotal(page, 50)
    const before = await counts()
    await spoil({ _id: page }, 'pages', { total: 1, unique: 1, registers: new Uint8Array() })
    expect(await rebuild()).toMatchObject({ state: 'done' })
    expect(await analytics.counts(page)).toEqual({ total: 50, unique: 30 })
    expect(await counts()).toEqual(before)
  })

  it('is refused while views are not counted', async () => {
    await analytics.restart({ ANALYTICS_COUNT_VIEWS: 'false' })
    expect(await rebuild()).toMatchObject({ state: 'failed', reason: expect.stringContaining('ANALYTICS_COUNT_VIEWS') })
    expect(await analytics.service.get(Projections).list()).toMatchObject([{ name: 'hours' }, { name: 'totals' }])
  })
})
