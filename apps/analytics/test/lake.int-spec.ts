import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { analytics as contract } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { ErasedIds } from '@mpics/eventing'
import { PersonalData } from '@mpics/mongo'
import { Clock } from '@mpics/service-kit'
import { eraseOnce } from '@mpics/testing'
import { keyOf } from '../src/hour-files/hour-file.js'
import { HourFilesRepository } from '../src/hour-files/hour-files.repository.js'
import { KeepHours } from '../src/hours/keep-hours.js'
import { KeepLake } from '../src/lake/keep-lake.js'
import { WriteHourFile } from '../src/lake/write-hour-file.js'
import { AnalyticsHarness, browser, newPage, view } from './setup/analytics-harness.js'
import { Lake } from './setup/lake.js'

/** So long ago that it closes at once, and is kept for some more days. */
const yesterday = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10)
const hour = (time: string) => new Date(`${yesterday}T${time}:00:00Z`)

describe('the lake', () => {
  let analytics: AnalyticsHarness
  let lake: Lake
  beforeAll(async () => {
    const environment = { ANALYTICS_S3_BUCKET: `test-lake-${randomUUID()}`, ANALYTICS_LAKE_VIEWS: 'true' }
    analytics = await AnalyticsHarness.open(environment)
    lake = new Lake(analytics)
  })
  afterEach(() => jest.restoreAllMocks())
  afterAll(async () => {
    await lake.store.removeUnder('')
    await analytics.close()
  })

  const write = () => analytics.service.get(KeepLake).write()
  const compare = () => analytics.service.get(KeepLake).compare()
  const counted = async (...views: ReturnType<typeof view>[]) => {
    await analytics.publish(...views)
    await analytics.service.untilIdle()
    await analytics.service.get(KeepHours).execute()
    await write()
  }
  // browsers named alike in each run: of random ones two would share a register now and then, and count as one
  let made = 0
  const looks = (time: string, countries: Record<string, number>, page = newPage()) =>
    Object.entries(countries).flatMap(([country, count]) =>
      Array.from({ length: count }, () =>
        view(page, browser(`v${made++}`), { occurredAt: `${yesterday}T${time}:10:00Z`, country }),
      ),
    )
  /** What the topic tells of an hour: the last record of each key counts. */
  const published = async (at: Date) => {
    await analytics.service.untilIdle()
    const events = await analytics.service.events(contract.trafficHourlyUpdated)
    const byKey = new Map(events.map(({ subject, data }) => [subject, data]))
    return [...byKey.values()].filter((data) => new Date(data.hour).getTime() === at.getTime())
  }
  const sorted = (rows: object[]) => rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort()
  const asJson = (rows: Record<string, unknown>[]) =>
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === 'bigint' ? Number(value) : value instanceof Date ? value.toISOString() : value,
        ]),
      ),
    )

  it('B14 has an object for each closed hour with the very cells that are published, and none for an hour that tells nothing', async () => {
    const [told, silent] = [keyOf('traffic-hourly', hour('10')), keyOf('traffic-hourly', hour('11'))]
    await counted(...looks('10', { NL: 9, DE: 6, IS: 2 }), ...looks('11', { IS: 2 }))
    const cells = await published(hour('10'))
    expect(cells).toEqual(expect.arrayContaining([expect.objectContaining({ value: 'other', views: 8 })]))
    expect(sorted(asJson(await lake.rows(told)))).toEqual(
      sorted(cells.map((cell) => ({ ...cell, hour: hour('10').toISOString() }))),
    )
    expect(await lake.types(told)).toEqual({
      hour: 'INT64 REQUIRED TIMESTAMP_MILLIS',
      dimension: 'BYTE_ARRAY REQUIRED UTF8',
      value: 'BYTE_ARRAY REQUIRED UTF8',
      views: 'INT64 REQUIRED',
      visitors: 'INT64 OPTIONAL',
    })
    expect(Object.keys(await lake.objects('traffic-hourly/'))).toContain(told)
    expect(Object.keys(await lake.objects('traffic-hourly/'))).not.toContain(silent)
  })

  it('has the same object after a repeat, and after two who write at once', async () => {
    await counted(...looks('12', { NL: 7 }))
    const [before, files] = [await lake.objects(), analytics.service.get(HourFilesRepository)]
    await files.note('traffic-hourly', [hour('12')])
    const writing = analytics.service.get(WriteHourFile)
    for await (const file of files.due()) await Promise.all([writing.execute(file), writing.execute(file)])
    expect(await lake.objects()).toEqual(before)
    expect(await write()).toBe(0)
  })

  it('follows an hour that is told again, and no hour that changes by few', async () => {
    await counted(...looks('13', { NL: 9 }))
    const key = keyOf('traffic-hourly', hour('13'))
    const { [key]: before } = await lake.objects()
    await counted(...looks('13', { NL: 1 }))
    expect(await lake.objects()).toMatchObject({ [key]: before })
    await counted(...looks('13', { NL: 8 }))
    const site = (await lake.rows(key)).filter(({ dimension }) => dimension === 'site')
    expect(site).toMatchObject([{ views: 18n }])
    expect(await published(hour('13'))).toEqual(expect.arrayContaining([expect.objectContaining({ views: 18 })]))
  })

  it('takes no note away that comes while an object is written', async () => {
    await counted(...looks('14', { NL: 5 }))
    const files = analytics.service.get(HourFilesRepository)
    await files.note('traffic-hourly', [hour('14')])
    for await (const file of files.due()) {
      await files.note('traffic-hourly', [hour('14')])
      await analytics.service.get(WriteHourFile).execute(file)
    }
    expect(await write()).toBe(1)
  })

  it('is mended where an object is missing, is another one, or was never written', async () => {
    await counted(...looks('15', { NL: 5 }), ...looks('16', { NL: 6 }), ...looks('17', { NL: 7 }))
    const [before, keys] = [await lake.objects(), ['15', '16', '17'].map((time) => keyOf('traffic-hourly', hour(time)))]
    await lake.store.remove([keys[0]!])
    await lake.store.putStream(keys[1]!, Readable.from([Buffer.from('a writer who slept')]), 'text/plain')
    await analytics.database.collection('hour_files').deleteOne({ _id: keys[2] as never })
    expect(await write()).toBe(0)
    await compare()
    expect(await write()).toBe(3)
    expect(await lake.objects()).toEqual(before)
  })

  it('B31 has single views, where they are wanted, without a browser, a network or an account', async () => {
    const page = newPage()
    await counted(
      ...looks('18', { NL: 3 }, page),
      view(page, null, { occurredAt: `${yesterday}T18:59:59Z`, bot: true }),
    )
    const key = keyOf('views', hour('18'))
    expect(await lake.types(key)).toMatchObject({
      at: 'INT64 REQUIRED TIMESTAMP_MILLIS',
      kind: 'BYTE_ARRAY REQUIRED UTF8',
    })
    const rows = await lake.rows(key)
    expect(rows).toHaveLength(4)
    expect(Object.keys(rows[0]!).sort()).toEqual([
      'agent',
      'at',
      'browser',
      'country',
      'crawlerOf',
      'device',
      'kind',
      'language',
      'os',
      'page',
      'referrer',
      'visitor',
    ])
    expect(rows.filter(({ kind }) => kind === 'person').map(({ country }) => country)).toEqual(['NL', 'NL', 'NL'])
    expect(JSON.stringify(asJson(rows))).not.toContain('Kx81mQv0ZtB3cRwYa9nLf2e')
  })

  it('B52 loses the page of an account that is erased, and keeps its views and the others', async () => {
    const [accountId, other] = [randomUUID(), newPage()]
    const page = `/profiles/${accountId}`
    await counted(...looks('19', { NL: 2 }, page), ...looks('19', { NL: 1 }, other))
    const key = keyOf('views', hour('19'))
    const pages = async () => (await lake.rows(key)).map((row) => row['page'] ?? 'none').sort()
    expect(await pages()).toEqual([other, page, page].sort())
    const register = analytics.service.get(PersonalData)
    const ofLake = register.held().find(({ store }) => 'objects' in store)!
    await analytics.service.get(ErasedIds).remember([accountId])
    expect(await ofLake.erase(accountId)).toEqual({ erased: 0, waiting: 1 })
    await write()
    // its views are still in the log
    expect(await pages()).toEqual([other, 'none', 'none'])
    expect(await eraseOnce(register, accountId)).toMatchObject({ 'objects views/': { waiting: 1 } })
    await write()
    expect(await eraseOnce(register, accountId)).not.toHaveProperty(['objects views/'])
    expect(await pages()).toEqual([other, 'none', 'none'])
  })

  it('keeps single views for 30 days, and what is published for ever', async () => {
    await counted(...looks('20', { NL: 5 }))
    const views = () => lake.objects('views/').then(Object.keys)
    const job = analytics.service
      .get(PersonalData)
      .entries()
      .find((entry) => 'objects' in entry.store && entry.removeOverAge)
    const removed = () => job!.removeOverAge!(new AbortController().signal)
    expect(await removed()).toBe(0)
    const [before, kept] = [await views(), Object.keys(await lake.objects('traffic-hourly/'))]
    const entries = analytics.service.get(PersonalData).entries()
    const prefixes = entries.flatMap(({ store }) => ('objects' in store ? [store.objects] : []))
    expect(Object.keys(await lake.objects()).filter((key) => !prefixes.some((one) => key.startsWith(one)))).toEqual([])
    const clock = analytics.service.get(Clock)
    const at = (days: number) => new Date(hour('20').getTime() + days * DAY_MS)
    jest.spyOn(clock, 'now').mockReturnValue(at(30))
    expect(await removed()).toBe(before.length - 1)
    expect(await views()).toEqual([keyOf('views', hour('20'))])
    jest.spyOn(clock, 'now').mockReturnValue(new Date(at(30).getTime() + 1))
    expect(await removed()).toBe(1)
    await compare()
    await write()
    expect(await views()).toEqual([])
    expect(Object.keys(await lake.objects('traffic-hourly/'))).toEqual(kept)
  })

  it('has no single views where nobody wants them', async () => {
    await analytics.restart({ ...analytics.service.environment, ANALYTICS_LAKE_VIEWS: 'false' })
    await counted(...looks('21', { NL: 5 }))
    await compare()
    // an erased page, or a note from before
    await analytics.service.get(HourFilesRepository).note('views', [hour('21')])
    await write()
    expect(Object.keys(await lake.objects('views/'))).toEqual([])
    expect(Object.keys(await lake.objects('traffic-hourly/'))).toContain(keyOf('traffic-hourly', hour('21')))
  })
})
