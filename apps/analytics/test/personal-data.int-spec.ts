import { randomUUID } from 'node:crypto'
import { analytics as contract, media } from '@mpics/contracts'
import { Connection, PersonalData } from '@mpics/mongo'
import {
  documentsWith,
  eraseAll,
  eraseOnce,
  eventually,
  exportOf as exported,
  plantOld,
  unstatedCollections,
  unstatedFields,
  untilOldIsGone,
  withoutRule,
} from '@mpics/testing'
import { KeepHours } from '../src/hours/keep-hours.js'
import { AnalyticsHarness, browser, newPage, view } from './setup/analytics-harness.js'

describe('what analytics holds of people', () => {
  let analytics: AnalyticsHarness
  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
  })
  afterAll(() => analytics.close())

  const register = () => analytics.service.get(PersonalData)
  const connection = () => analytics.service.get<Connection>(Connection)
  const exportOf = async (accountId: string) => {
    const { pages, page_days } = await exported(register(), accountId)
    return { pages, page_days }
  }

  it('the counts of a profile’s page are exported and erased, and those of other pages stay', async () => {
    const [accountId, other, photo] = [randomUUID(), randomUUID(), newPage()]
    const pages = [`/profiles/${accountId}`, `/profiles/${other}`, photo]
    await analytics.publish(...pages.map((page) => view(page, browser('a'), { subjectId: page.split('/')[2]! })))
    for (const page of pages) await analytics.untilTotal(page, 1)
    await analytics.service.untilIdle()
    await analytics.service.get(KeepHours).execute()
    const counts = { total: 1, unique: 1 }
    expect(await exportOf(accountId)).toEqual({
      pages: [{ ...counts, asOf: expect.any(Date) }],
      page_days: [{ ...counts, day: expect.any(String) }],
    })
    expect(await exportOf(randomUUID())).toEqual({ pages: [], page_days: [] })
    expect(await eraseAll(register(), accountId)).toEqual({ pages: 1, page_days: 1, view_log: 1, hours: 1 })
    expect(await documentsWith(connection(), [accountId])).toEqual([])
    expect(await eraseOnce(register(), accountId)).toEqual({})
    expect(await unstatedCollections(connection(), register())).toEqual([])
    expect(await unstatedFields(connection(), register())).toEqual([])
    for (const page of [`/profiles/${other}`, photo]) expect(await analytics.counts(page)).toEqual(counts)
  })

  it('B52 the page of a photo that is gone is forgotten, also when a view of it comes late', async () => {
    const [photoId, other] = [randomUUID(), newPage()]
    const page = `/photos/${photoId}`
    const look = (at: string) => analytics.publish(view(at, browser('a'), { subjectId: at.split('/')[2]! }))
    for (const each of [page, other]) await look(each)
    for (const each of [page, other]) await analytics.untilTotal(each, 1)
    await analytics.service.publish(media.photoErased.of({ photoId }))
    await eventually('the page is gone', async () => (await documentsWith(connection(), [photoId])).length === 0)
    await look(page)
    await look(other)
    await analytics.untilTotal(other, 2)
    await analytics.service.untilIdle()
    expect(await documentsWith(connection(), [photoId])).toEqual([])
    const last = (await analytics.service.records('analytics.view-total')).findLast(({ key }) => key === page)
    expect(last?.value).toBeNull()
  })

  it('a profile’s page that is erased leaves a tombstone, also when it is counted meanwhile', async () => {
    const accountId = randomUUID()
    const page = `/profiles/${accountId}`
    const look = (name: string) => analytics.publish(view(page, browser(name), { subjectId: accountId }))
    await look('a')
    await analytics.untilTotal(page, 1)
    await analytics.service.untilIdle()
    expect(await eraseOnce(register(), accountId)).toMatchObject({ pages: { erased: 0, waiting: 1 } })
    await look('b')
    await analytics.untilTotal(page, 2)
    await analytics.service.untilIdle()
    expect(await eraseOnce(register(), accountId)).toMatchObject({ pages: { erased: 0, waiting: 1 } })
    await analytics.service.untilIdle()
    expect(await eraseOnce(register(), accountId)).toMatchObject({ pages: { erased: 1, waiting: 0 } })
    const records = await analytics.service.records(contract.viewTotalUpdated.topic.name)
    const values = records.filter(({ key }) => key === page).map(({ value }) => value)
    expect(values).toEqual([expect.any(String), null, expect.any(String), null])
  })

  it('counts go on after a document that lacks what an earlier version did not store', async () => {
    const page = newPage()
    await analytics.database
      .collection<{ _id: string }>('pages')
      .insertOne({ _id: page, total: 4, unique: 2, version: 1 } as never)
    await analytics.publish(view(page, browser('b')))
    await analytics.untilTotal(page, 5)
  })

  it('keeps nothing for longer than the register says', async () => {
    expect(withoutRule(register())).toEqual([])
    const planted = ['_idempotency', 'agent_deliveries', 'hour_states', 'hours', 'rankings', 'spans', 'view_log']
    expect(await plantOld(connection(), register())).toEqual(expect.arrayContaining(planted))
    await untilOldIsGone(connection(), register())
  })
})
