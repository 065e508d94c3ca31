import { DAY_MS } from '@mpics/contracts/durations'
import { Metrics } from '@mpics/service-kit'
import { eventually, rebuilt } from '@mpics/testing'
import { MAX_VALUES } from '../src/counts/period-count.js'
import { WatchDrift } from '../src/drift/watch-drift.js'
import { KeepHours } from '../src/hours/keep-hours.js'
import { ErasePhotoPage } from '../src/page-views/erase-photo-page.js'
import { AnalyticsHarness, browser, newPage, view } from './setup/analytics-harness.js'

describe('hours and days counted anew from the log', () => {
  let analytics: AnalyticsHarness
  const day = new Date(Date.now() - 2 * DAY_MS).toISOString().slice(0, 10)
  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
  })
  afterAll(() => analytics.close())

  const keep = () => analytics.service.get(KeepHours).execute()
  const rebuild = () => rebuilt(analytics.service, 'hours')
  const cells = async () => {
    const all = ['hours', 'days'].map((name) => analytics.database.collection(name).find().sort({ _id: 1 }).toArray())
    return (await Promise.all(all)).map((found) => found.map(({ closing: _, ...cell }) => cell))
  }
  const drift = async (name: string) => {
    await analytics.service.get(WatchDrift).execute()
    const shown = await analytics.service.get(Metrics).registry.metrics()
    const valueOf = (of: string) =>
      Number(new RegExp(`^analytics_counts_${of}{counts="${name}"} (\\d+)$`, 'm').exec(shown)?.[1])
    return { compared: valueOf('compared'), different: valueOf('different') }
  }

  /** Three visitors of two hours of one day, closed. */
  async function viewed(): Promise<string> {
    const page = newPage()
    const at = (name: string, time: string) =>
      view(page, browser(name), { occurredAt: `${day}T${time}Z`, language: 'fo' })
    await analytics.publish(at('a', '10:10:00'), at('a', '10:12:00'), at('b', '10:20:00'), at('c', '11:00:00'))
    await analytics.service.untilIdle()
    await keep()
    return page
  }

  it('are those that were there', async () => {
    await viewed()
    const before = await cells()
    expect(await rebuild()).toMatchObject({ state: 'done', added: 0, mended: 0 })
    expect(await cells()).toEqual(before)
    expect(await drift('hours')).toEqual({ compared: 3, different: 0 })
  })

  it('take the place of wrong and lost ones, and a sample had told of them', async () => {
    const before = await cells()
    const [hours, days] = ['hours', 'days'].map((name) => analytics.database.collection(name))
    await hours!.updateMany({ dimension: 'language' }, { $set: { views: 99 } })
    await hours!.deleteMany({ at: new Date(`${day}T11:00:00Z`) })
    await days!.updateMany({}, { $set: { views: 1 } })
    expect((await drift('hours')).different).toBeGreaterThan(0)
    expect(await rebuild()).toMatchObject({ state: 'done', added: 1, mended: 1 })
    expect(await cells()).toEqual(before)
    expect(await drift('hours')).toEqual({ compared: 3, different: 0 })
  })

  it('keep hours and days that the log does not hold', async () => {
    const old = new Date(Date.now() - 100 * DAY_MS)
    old.setUTCMinutes(0, 0, 0)
    const counted = { at: old, dimension: 'site', value: '', views: 7, repeats: 0, visitors: 7, seen: 0, closing: 1 }
    for (const name of ['hours', 'days'])
      await analytics.database.collection<{ _id: string }>(name).insertOne({ _id: `old ${name}`, ...counted })
    await analytics.database.collection('hours').updateMany({ dimension: 'language' }, { $set: { views: 99 } })
    expect(await rebuild()).toMatchObject({ state: 'done' })
    const left = await analytics.database.collection<{ _id: string }>('hours').findOne({ _id: 'old hours' })
    expect(left).toMatchObject(counted)
    expect(await analytics.database.collection<{ _id: string }>('days').findOne({ _id: 'old days' })).toMatchObject(
      counted,
    )
  })

  it('B52.4 have the sums of the site, and no page, when a page was erased since', async () => {
    const page = await viewed()
    const sums = async () =>
      (await cells()).map((found) =>
        found.filter(({ dimension }) => ['site', 'country', 'language'].includes(dimension as string)),
      )
    const before = await sums()
    await analytics.service.get(ErasePhotoPage).execute(page.slice('/photos/'.length))
    expect(await rebuild()).toMatchObject({ state: 'done' })
    expect(await sums()).toEqual(before)
    expect(await analytics.everythingStored()).not.toContain(page)
  })

  it('keep what was counted from a log that is gone, also when a view comes late, and no sample asks for it', async () => {
    await viewed()
    const log = analytics.database.collection('view_log')
    await log.deleteMany({})
    const before = await cells()
    const page = newPage()
    await analytics.publish(view(page, browser('late'), { occurredAt: `${day}T10:30:00Z` }))
    await analytics.untilTotal(page, 1)
    await analytics.service.untilIdle()
    await keep()
    expect(await log.countDocuments()).toBe(1)
    expect(await analytics.database.collection('hour_states').countDocuments({ isOpen: true })).toBe(0)
    expect(await cells()).toEqual(before)
    await analytics.publish(view(newPage(), browser('late'), { occurredAt: `${day}T12:10:00Z` }))
    await analytics.service.untilIdle()
    await keep()
    const after = await cells()
    const isOfDay = (cell: Record<string, unknown>) => (cell['at'] as Date).toISOString() === `${day}T00:00:00.000Z`
    const viewsOf = ([, days]: typeof before) =>
      days!.find((cell) => isOfDay(cell) && cell['dimension'] === 'site')!['views']
    expect(viewsOf(after)).toBe((viewsOf(before) as number) + 1)
    expect(await rebuild()).toMatchObject({ state: 'done', read: 1, mended: 0 })
    expect(await cells()).toEqual(after)
    const closedLater = { $set: { closedAt: new Date() } }
    await analytics.database.collection('hour_states').updateOne({ hour: new Date(`${day}T10:00:00Z`) }, closedLater)
    const { compared, different } = await drift('hours')
    expect({ isCompared: compared > 0, different }).toEqual({ isCompared: true, different: 0 })
  })

  it('keep what was counted by a release that noted no first view, also when a view comes late', async () => {
    const hour = new Date(`${day}T16:00:00Z`)
    const look = async (name: string) => {
      await analytics.publish(view(newPage(), browser(name), { occurredAt: `${day}T16:10:00Z`, language: 'kl' }))
      await analytics.service.untilIdle()
      await keep()
    }
    const counted = () => analytics.database.collection('hours').find({ at: hour }).sort({ _id: 1 }).toArray()
    await look('a')
    await look('b')
    const before = await counted()
    const states = analytics.database.collection('hour_states')
    await states.updateOne({ hour }, { $unset: { loggedFrom: '' } })
    await analytics.database.collection('view_log').deleteMany({})
    for (const name of ['c', 'd']) await look(name)
    expect(await states.findOne({ hour })).toMatchObject({ isOpen: false, touches: 4 })
    expect(await counted()).toEqual(before)
  })

  it('a sample of pages beside their days tells of a total that is wrong', async () => {
    const page = newPage()
    await analytics.publish(view(page, browser('p')))
    await analytics.untilTotal(page, 1)
    await eventually(async () => (await drift('pages')).different === 0)
    const wrong = { $inc: { version: 1 }, $set: { total: 9 } }
    await analytics.database.collection<{ _id: string }>('pages').updateOne({ _id: page }, wrong)
    const { compared, different } = await drift('pages')
    expect({ isCompared: compared > 0, different }).toEqual({ isCompared: true, different: 1 })
  })

  it('no sample tells of an hour of many pages, of which one was erased since', async () => {
    const pages = Array.from({ length: MAX_VALUES + 2 }, newPage)
    const occurredAt = `${day}T13:10:00Z`
    await analytics.publish(...pages.map((page) => view(page, browser('many'), { occurredAt })))
    await analytics.service.untilIdle()
    await keep()
    const hours = analytics.database.collection('hours')
    const named = await hours.findOne({ dimension: 'page', at: new Date(`${day}T13:00:00Z`), value: /photos/ })
    await analytics.service.get(ErasePhotoPage).execute((named!['value'] as string).slice('/photos/'.length))
    await analytics.database.collection('hour_states').deleteMany({ hour: { $ne: new Date(`${day}T13:00:00Z`) } })
    expect(await drift('hours')).toEqual({ compared: 1, different: 0 })
  })
})
