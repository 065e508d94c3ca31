import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { servers } from '@mpics/testing'
import { HourFilesRepository } from '../src/hour-files/hour-files.repository.js'
import { KeepHours } from '../src/hours/keep-hours.js'
import { KeepLake } from '../src/lake/keep-lake.js'
import { LakeStore } from '../src/lake/lake-store.js'
import { AnalyticsHarness, browser, newPage, view } from './setup/analytics-harness.js'

/** Which action of S3 a request is. */
function actionOf({ method, url = '' }: IncomingMessage): string {
  const { pathname, searchParams: asked } = new URL(url, 'http://store')
  const isBucket = pathname.split('/').filter(Boolean).length === 1
  if (isBucket && method === 'PUT') return 'CreateBucket'
  if (isBucket && method === 'POST') return 'DeleteObject'
  if (isBucket) return asked.has('uploads') ? 'ListBucketMultipartUploads' : 'ListBucket'
  return method === 'PUT' ? 'PutObject' : `${method} of an object`
}

/** Passes requests on, as they are signed, and notes what they ask for. */
async function listener(actions: Set<string>) {
  const server = createServer((from, to) => {
    actions.add(actionOf(from))
    const { hostname, port } = new URL(servers().s3Endpoint)
    const { method, url: path, headers } = from
    const passed = request({ hostname, port, method, path, headers }, (answer) => {
      to.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(to)
    })
    from.pipe(passed)
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  return server
}

describe('the key of analytics for the lake', () => {
  const actions = new Set<string>()
  let [server, analytics]: [Server?, AnalyticsHarness?] = []
  beforeAll(async () => {
    server = await listener(actions)
    analytics = await AnalyticsHarness.open({
      ANALYTICS_S3_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      ANALYTICS_S3_BUCKET: `test-lake-${randomUUID()}`,
      ANALYTICS_LAKE_VIEWS: 'true',
    })
  })
  afterAll(async () => {
    await analytics?.close()
    server?.close()
    server?.closeAllConnections()
  })

  it('lists, writes and removes, and need not read', async () => {
    const { service } = analytics!
    const [lake, files] = [service.get(KeepLake), service.get(HourFilesRepository)]
    const occurredAt = '2026-01-30T10:10:00Z'
    await analytics!.publish(...['a', 'b', 'c', 'd', 'e'].map((name) => view(newPage(), browser(name), { occurredAt })))
    await service.untilIdle()
    await service.get(KeepHours).execute()
    await files.note('views', [new Date('2026-01-30T11:00:00Z')])
    expect(await lake.write()).toBeGreaterThan(1)
    await lake.compare()
    expect([...actions].sort()).toEqual([
      ...['CreateBucket', 'DeleteObject', 'ListBucket', 'ListBucketMultipartUploads', 'PutObject'],
    ])
    await service.get(LakeStore).removeUnder('')
  })
})
