import { HOUR_MS } from '@mpics/contracts/durations'
import { eventually } from '@mpics/testing/eventually'
import { outage } from '../system/outages.js'
import { HOT_PAGE, recordedViews, type Truth, truthOf } from './recorded-views.js'
import { Replay } from './replay.js'

const VIEWS = Number(process.env['REPLAY_VIEWS'] ?? 100_000)
const WAIT_MS = Math.max(240_000, VIEWS)
/** Each look adds up what analytics is writing. */
const LOOK_MS = 250
const NEAR = 0.02

jest.setTimeout(4 * WAIT_MS)

describe(`${VIEWS.toLocaleString('en')} recorded views, replayed`, () => {
  const now = Date.now()
  let truth: Truth
  let replay: Replay
  beforeAll(async () => {
    truth = truthOf(recordedViews(VIEWS, now))
    replay = await Replay.start(recordedViews(VIEWS, now))
  })
  afterAll(() => replay?.stop())

  const analytics = () => replay.system.services.analytics
  const stored = async () => {
    const found = await replay.database.collection<{ _id: string } & Record<string, number>>('pages').find().toArray()
    return new Map(found.map(({ _id, total, unique, version }) => [_id, { total, unique, version } as StoredPage]))
  }
  const counted = (share: number) =>
    eventually(
      `${share} of the views to be counted`,
      async () => (await replay.counted()).total >= truth.views * share,
      WAIT_MS,
      LOOK_MS,
    )
  const isNear = (estimate: number, exact: number) => Math.abs(estimate - exact) <= NEAR * exact

  it('B12.1 B15.1 are counted exactly, and browsers within 2 %, though analytics and Kafka are killed meanwhile', async () => {
    for (const share of [0.1, 0.5]) {
      await counted(share)
      analytics().kill()
      await counted(share + 0.1)
      if (share === 0.1) await outage(replay.stack.servers.kafka!)
    }
    const isWhole = async () => {
      const { total, logged } = await replay.counted()
      const isClosed = (await replay.openHours(new Date(now - 3 * HOUR_MS))) === 0
      return isClosed && total === truth.views && logged === truth.views
    }
    await eventually('all views to be counted, and their hours to be closed', isWhole, WAIT_MS, LOOK_MS)
    const pages = await stored()
    const totals = [...truth.byPage].map(([page, { total }]) => [page, total])
    expect([...pages].map(([page, { total }]) => [page, total]).sort()).toEqual(totals.sort())
    const errors = [...truth.byPage].map(([page, found]) => pages.get(page)!.unique / found.browsers.size - 1)
    const meanSquare = errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length
    expect(Math.sqrt(meanSquare)).toBeLessThan(NEAR)
    expect(isNear(pages.get(HOT_PAGE)!.unique, truth.byPage.get(HOT_PAGE)!.browsers.size)).toBe(true)
  })

  it('make no page hot: thousands of its views are one write', async () => {
    const { total, version } = (await stored()).get(HOT_PAGE)!
    expect(version).toBeLessThan(total / 50)
  })

  it('give equal numbers when they are rebuilt, though analytics is killed in the middle and the order comes twice', async () => {
    const right = await replay.counts()
    const pages = replay.database.collection('pages')
    await pages.updateMany({}, { $inc: { total: 1_000, version: 1 } })
    await replay.database.collection('site_traffic').deleteMany({})
    await analytics().stop()
    await analytics().start({ FAULT: 'rebuild.afterBatch:kill:after3' })
    expect(await replay.rebuild('totals')).toMatchObject({ code: 1, state: 'interrupted' })
    const orders = await Promise.all([replay.rebuild('totals'), replay.rebuild('totals')])
    expect(orders.map(({ code }) => code).sort()).toEqual([0, 1])
    expect(orders.find(({ code }) => code === 1)!.err).toContain('is being rebuilt already')
    expect(await replay.counts()).toEqual(right)
    await replay.database.collection('hours').updateMany({ dimension: 'site' }, { $set: { views: 1 } })
    await replay.database.collection('days').deleteMany({})
    expect(await replay.rebuild('hours')).toMatchObject({ code: 0, state: 'done' })
    expect(await replay.counts()).toEqual(right)
    expect(await replay.rebuild('hours')).toMatchObject({ code: 0, mended: 0 })
  })
})

interface StoredPage {
  total: number
  unique: number
  version: number
}
