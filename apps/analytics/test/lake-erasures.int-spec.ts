import { randomUUID } from 'node:crypto'
import { analytics as contract, identity, media } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { connectS3 } from '@mpics/object-store'
import { Clock } from '@mpics/service-kit'
import { eventually, servers } from '@mpics/testing'
import { keyOf } from '../src/hour-files/hour-file.js'
import { KeepHours } from '../src/hours/keep-hours.js'
import { KeepLake } from '../src/lake/keep-lake.js'
import { WriteDueFiles } from '../src/lake/write-due-files.js'
import { WriteHourFile } from '../src/lake/write-hour-file.js'
import { AnalyticsHarness, browser, newPage, view } from './setup/analytics-harness.js'
import { Lake } from './setup/lake.js'

const yesterday = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10)
const hour = (time: string) => new Date(`${yesterday}T${time}:00:00Z`)
const look = (page: string, time: string) => view(page, browser('a'), { occurredAt: `${yesterday}T${time}:10:00Z` })

const counted = async (analytics: AnalyticsHarness, ...views: ReturnType<typeof view>[]) => {
  await analytics.publish(...views)
  await analytics.service.untilIdle()
  await analytics.service.get(KeepHours).execute()
}
const erasing = (analytics: AnalyticsHarness) =>
  analytics.database.collection('hour_files').countDocuments({ isErasing: true })
/** As a writer who was killed leaves it. */
const beginUpload = async ({ service }: AnalyticsHarness, key: string) => {
  const { ANALYTICS_S3_BUCKET: bucket = '' } = service.environment
  const { s3Endpoint: endpoint, s3AccessKey: accessKey, s3SecretKey: secretKey } = servers()
  const access = { service: 'a test', endpoint, region: 'us-east-1', accessKey, secretKey, bucket, ca: undefined }
  const client = await connectS3(access, { sockets: 1, silentMs: 15_000 })
  await client.initiateNewMultipartUpload(bucket, key, {})
}
const unfinished = async ({ store }: Lake, prefix = 'views/') => {
  const keys: string[] = []
  for await (const { key } of store.unfinishedUnder(prefix)) keys.push(key)
  return keys
}

describe('erasures while the lake is away', () => {
  it('B52 keep no late view from being counted', async () => {
    const away = { ANALYTICS_S3_ENDPOINT: 'http://127.0.0.1:9', ANALYTICS_LAKE_VIEWS: 'true', LOG_LEVEL: 'silent' }
    const analytics = await AnalyticsHarness.open(away)
    const [photoId, others] = [randomUUID(), Array.from({ length: 30 }, newPage)]
    await counted(analytics, look(`/photos/${photoId}`, '10'))
    await analytics.service.publish(media.photoErased.of({ photoId }))
    await eventually('its hour is noted', async () => (await erasing(analytics)) === 1)
    await counted(analytics, look(`/photos/${photoId}`, '11'), ...others.map((page) => look(page, '12')))
    for (const page of others) await analytics.untilTotal(page, 1)
    expect(await erasing(analytics)).toBe(1)
    expect(await analytics.database.collection('hour_states').countDocuments({ isOpen: true })).toBe(0)
    await analytics.close()
  })
})

describe('an upload that nobody completes', () => {
  afterEach(() => jest.restoreAllMocks())

  it('is given up after an hour, with the next comparison', async () => {
    const analytics = await AnalyticsHarness.open({ ANALYTICS_S3_BUCKET: `test-lake-${randomUUID()}` })
    const lake = new Lake(analytics)
    const keys = (['traffic-hourly', 'views'] as const).map((table) => keyOf(table, new Date('2026-11-29T10:00:00Z')))
    for (const key of keys) await beginUpload(analytics, key)
    const left = async () => (await Promise.all(keys.map((key) => unfinished(lake, key)))).flat()
    await analytics.service.get(KeepLake).compare()
    expect(await left()).toEqual(keys)
    jest.spyOn(analytics.service.get(Clock), 'now').mockReturnValue(new Date(Date.now() + 61 * 60_000))
    await analytics.service.get(KeepLake).compare()
    expect(await left()).toEqual([])
    await analytics.close()
  })
})

describe('the erasure of an account', () => {
  afterEach(() => jest.restoreAllMocks())

  it('B52 waits for the hours of its page, gives up what was begun of them, and waits for none that another erasure notes meanwhile', async () => {
    const environment = { ANALYTICS_S3_BUCKET: `test-lake-${randomUUID()}`, ANALYTICS_LAKE_VIEWS: 'true' }
    const analytics = await AnalyticsHarness.open(environment)
    const lake = new Lake(analytics)
    const [accountId, erasureId, photoId] = [randomUUID(), randomUUID(), randomUUID()]
    await counted(analytics, look(`/profiles/${accountId}`, '10'), look(`/photos/${photoId}`, '11'))
    await analytics.service.get(KeepLake).write()
    await beginUpload(analytics, keyOf('views', hour('10')))
    await beginUpload(analytics, keyOf('views', hour('11')))
    jest.spyOn(analytics.service.get(WriteDueFiles), 'execute').mockResolvedValue(0)
    const isCompleted = async () =>
      (await analytics.service.events(contract.erasureCompleted)).some(({ data }) => data.erasureId === erasureId)

    await analytics.service.publish(
      identity.accountErased.of({ ...identity.accountErased.example, accountId, erasureId }),
    )
    await eventually('its hour is noted', async () => (await erasing(analytics)) === 1)
    await analytics.service.publish(media.photoErased.of({ photoId }))
    await eventually('both are noted', async () => (await erasing(analytics)) === 2)
    expect(await isCompleted()).toBe(false)
    const files = analytics.database.collection('hour_files')
    const own = await files.findOne({ _id: keyOf('views', hour('10')) as never })
    await analytics.service.get(WriteHourFile).execute(own as never)
    await eventually('it is completed', isCompleted)
    expect(await erasing(analytics)).toBe(1)
    expect(await unfinished(lake)).toEqual([keyOf('views', hour('11'))])
    await lake.store.removeUnder('')
    await analytics.close()
  })
})
