import { randomUUID } from 'node:crypto'
import { PersonalData } from '@mpics/mongo'
import { AnalyticsHarness, browser, newPage, view } from './setup/analytics-harness.js'

async function listed(records: AsyncIterable<object>): Promise<object[]> {
  const all = []
  for await (const record of records) all.push(record)
  return all
}

describe('what analytics holds of people', () => {
  let analytics: AnalyticsHarness
  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
  })
  afterAll(() => analytics.close())

  const held = () => analytics.service.get(PersonalData).held()
  const exportOf = async (accountId: string) =>
    Object.fromEntries(
      await Promise.all(
        held().map(async (entry) => [
          'collection' in entry.store && entry.store.collection,
          await listed(entry.export(accountId)),
        ]),
      ),
    ) as Record<string, object[]>

  it('the counts of a profile’s page are exported and erased, and those of other pages stay', async () => {
    const [accountId, other, photo] = [randomUUID(), randomUUID(), newPage()]
    const pages = [`/profiles/${accountId}`, `/profiles/${other}`, photo]
    await analytics.publish(...pages.map((page) => view(page, browser('a'), { subjectId: page.split('/')[2]! })))
    for (const page of pages) await analytics.untilTotal(page, 1)
    await analytics.service.untilIdle()
    const counts = { total: 1, unique: 1 }
    expect(await exportOf(accountId)).toEqual({
      pages: [{ ...counts, asOf: expect.any(Date) }],
      page_days: [{ ...counts, day: expect.any(String) }],
    })
    expect(await exportOf(randomUUID())).toEqual({ pages: [], page_days: [] })
    for (const entry of held()) expect(await entry.erase(accountId)).toEqual({ erased: 1, waiting: 0 })
    expect(await analytics.everythingStored()).not.toContain(accountId)
    for (const entry of held()) expect(await entry.erase(accountId)).toEqual({ erased: 0, waiting: 0 })
    for (const page of [`/profiles/${other}`, photo]) expect(await analytics.counts(page)).toEqual(counts)
  })

  it('counts go on after a document that lacks what an earlier version did not store', async () => {
    const page = newPage()
    await analytics.database
      .collection<{ _id: string }>('pages')
      .insertOne({ _id: page, total: 4, unique: 2, version: 1 } as never)
    await analytics.publish(view(page, browser('b')))
    await analytics.untilTotal(page, 5)
  })
})
