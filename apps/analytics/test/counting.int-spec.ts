import { analytics as analyticsContracts } from '@mpics/contracts'
import { Transactions } from '@mpics/eventing'
import type { Session } from '@mpics/mongo'
import { CountViews } from '../src/page-views/count-views.js'
import { browser, newPage, AnalyticsHarness, ownView, view } from './setup/analytics-harness.js'

describe('counting', () => {
  let analytics: AnalyticsHarness
  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
  })
  afterAll(() => analytics.close())

  const facts = async (page: string) => {
    await analytics.service.untilIdle()
    return (await analytics.service.events(analyticsContracts.viewTotalUpdated)).filter(
      ({ data }) => data.page === page,
    )
  }

  it('B30.1 3 browsers × 5 views are 15 views by 3 people', async () => {
    const [page, before] = [newPage(), newPage()]
    await analytics.publish(view(before, null))
    await analytics.untilTotal(before, 1)
    const views = Array.from({ length: 15 }, (_, i) => view(page, browser(`b${i % 3}`)))
    await analytics.publish(...views)
    await analytics.untilTotal(page, 15)
    expect(await analytics.counts(page)).toEqual({ total: 15, unique: 3 })
    const told = await facts(page)
    expect(told.at(-1)!.data).toMatchObject({ page, total: 15, unique: 3 })
    expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_, i) => i + 1))
  })

  it('tells once of a page whose views came together', async () => {
    const pages = [newPage(), newPage()]
    await analytics.publish(...Array.from({ length: 400 }, (_, i) => view(pages[i % 2]!, browser(`x${i}`))))
    for (const page of pages) await analytics.untilTotal(page, 200)
    for (const page of pages) expect((await facts(page)).length).toBeLessThanOrEqual(3)
  })

  it('B18.1 B18.2 B18.3 B18.4 counts no crawler and nothing fetched ahead; repeats and unknown browsers in the total only', async () => {
    const page = newPage()
    await analytics.publish(
      view(page, browser('bot'), { bot: true }),
      view(page, browser('ahead'), { loadKind: 'prefetch' }),
      view(page, browser('glimpse'), { loadKind: 'preview' }),
      view(page, browser('unheard'), { loadKind: 'a-kind-of-tomorrow' }),
      view(page, null),
      ...Array.from({ length: 10 }, () => view(page, browser('again'))),
    )
    await analytics.service.untilIdle()
    expect(await analytics.counts(page)).toEqual({ total: 11, unique: 1 })
  })

  it('B31 an owner’s own views are in the total at once, and in no fact that says when', async () => {
    const page = newPage()
    await analytics.publish(view(page, browser('guest')), ownView(page), ownView(page))
    await analytics.untilTotal(page, 3)
    expect(await analytics.counts(page)).toEqual({ total: 3, unique: 1 })
    await analytics.publish(view(page, browser('guest')))
    await analytics.untilTotal(page, 4)
    const day = new Date().toISOString().slice(0, 10)
    if ((await facts(page)).every(({ data }) => data.asOf.startsWith(day)))
      expect((await facts(page)).map(({ data }) => data.total)).toEqual([1, 2])
    const records = (await analytics.service.records('traffic.own-view')).filter(({ key }) => key === page)
    expect(records.map(({ timestamp }) => Number(timestamp) % 86_400_000)).toEqual([0, 0])
    expect(records.map(({ headers }) => headers['ce_time']?.slice(10))).toEqual(['T00:00:00Z', 'T00:00:00Z'])
  })

  it('B12.1 counts N requests as N when batches are delivered again after they were counted', async () => {
    const page = newPage()
    const counting = analytics.service.get(CountViews)
    const count = counting.execute.bind(counting)
    let deaths = 0
    counting.execute = async (views) => {
      await count(views)
      if (deaths++ < 3) throw new Error('dies between counting and committing')
    }
    const views = Array.from({ length: 300 }, (_, i) => view(page, browser(`n${i % 30}`)))
    for (let at = 0; at < views.length; at += 50) await analytics.publish(...views.slice(at, at + 50))
    await analytics.service.untilIdle()
    counting.execute = count
    expect(deaths).toBeGreaterThan(3)
    expect(await analytics.counts(page)).toEqual({ total: 300, unique: 30 })
  })

  it('B12.1 counts each view once where their transaction is ended by MongoDB, or MongoDB does not answer in time', async () => {
    const counting = analytics.service.get(CountViews) as unknown as { transactions: Transactions }
    const outage = Object.assign(new Error('too late'), { name: 'MongoNetworkTimeoutError' })
    const ends = [
      (session: Session) => analytics.database.admin().command({ killSessions: [session.id] }),
      () => Promise.reject(outage),
    ]
    const outcomes: unknown[] = []
    const { transactions } = counting
    // the outbox's go on, and those after this test together
    const own = Object.create(transactions) as Transactions
    own.make = async (writes) => {
      const end = ends.shift()
      const made = Transactions.prototype.make.call(own, async (session) => {
        await writes(session)
        await end?.(session)
      })
      outcomes.push(await made.catch((error: unknown) => error))
      return made
    }
    counting.transactions = own
    const pages = Array.from({ length: 60 }, newPage)
    await analytics.publish(...pages.map((page) => view(page, browser('early'))))
    for (const page of pages) await analytics.untilTotal(page, 1)
    await analytics.publish(...pages.map((page) => view(page, browser('late'))))
    for (const page of pages) await analytics.untilTotal(page, 2)
    counting.transactions = transactions
    expect(outcomes.slice(0, 3)).toEqual([false, outage, false])
    await analytics.service.untilIdle()
    for (const page of pages) expect(await analytics.counts(page)).toEqual({ total: 2, unique: 2 })
  })

  it('B12.2 counts what came while it was away, once, after a restart', async () => {
    const page = newPage()
    const some = (from: number) => Array.from({ length: 40 }, (_, i) => view(page, browser(`r${from + i}`)))
    await analytics.publish(...some(0))
    await analytics.restart({}, some(40))
    await analytics.publish(...some(80))
    await analytics.service.untilIdle()
    expect(await analytics.counts(page)).toEqual({ total: 120, unique: 120 })
  })

  it('B16.1 B16.2 B31 answers how many and never who: no browser and no account is in any answer, store or topic', async () => {
    const page = newPage()
    await analytics.publish(view(page, browser('secret')), view(page, browser('other')))
    await analytics.untilTotal(page, 2)
    const { body } = await analytics.service.as().get('/v1/views').query({ page }).expect(200)
    expect(body).toEqual({ items: [{ page, total: 2, unique: 2 }] })
    await analytics.service.untilIdle()
    const kept = [
      await analytics.everythingStored(),
      JSON.stringify(await analytics.service.records('analytics.view-total')),
    ]
    for (const text of kept) {
      expect(text).toContain(page)
      expect(text).not.toMatch(/Kx81mQv0ZtB3cRwYa9nLf2e|browserId|account|sessionId|traceparent/i)
    }
    const secret = browser('secret')
    for (const coded of [Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')])
      expect(kept.join()).not.toContain(coded)
  })

  it('answers for up to 80 pages, viewed or not, in the order asked', async () => {
    const page = newPage()
    await analytics.publish(view(page, null))
    await analytics.untilTotal(page, 1)
    const pages = [newPage(), page, ...Array.from({ length: 78 }, newPage)]
    const { body } = await analytics.service.as().get('/v1/views').query({ page: pages }).expect(200)
    expect(body.items).toEqual(pages.map((p) => ({ page: p, total: p === page ? 1 : 0, unique: 0 })))
    await analytics.service
      .as()
      .get('/v1/views')
      .query({ page: [...pages, page] })
      .expect(422)
    await analytics.service.as().get('/v1/views').expect(422)
    await analytics.service.as().get('/v1/views?page=no-path').expect(422)
  })

  it('passes over what is no page view', async () => {
    await analytics.restart({ LOG_LEVEL: 'silent' })
    const page = newPage()
    await analytics.service.publishRecords('traffic.page-view', [
      { key: page, value: 'not JSON', headers: { ce_type: 'traffic.page-view.recorded.v1', ce_id: 'x' } },
      { key: page, value: '{"page":1}', headers: { ce_type: 'traffic.page-view.recorded.v1', ce_id: 'y' } },
      { key: page, value: null, headers: {} },
    ])
    await analytics.publish(view(page, browser('after')))
    await analytics.untilTotal(page, 1)
  })
})
