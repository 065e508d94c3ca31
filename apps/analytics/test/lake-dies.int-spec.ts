import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { keyOf } from '../src/hour-files/hour-file.js'
import { KeepHours } from '../src/hours/keep-hours.js'
import { KeepLake } from '../src/lake/keep-lake.js'
import { WriteHourFile } from '../src/lake/write-hour-file.js'
import { AnalyticsHarness, browser, newPage, view } from './setup/analytics-harness.js'
import { Lake } from './setup/lake.js'

const MAIN = join(__dirname, '../dist/main.js')

/** Runs the built service until the fault kills it; resolves to the signal. */
async function deathOf(environment: Record<string, string>, fault: string): Promise<unknown> {
  if (!existsSync(MAIN)) throw new Error('The built service is needed: run `npx tsc -b tsconfig.build.json` first.')
  const env = { NODE_ENV: 'production', ...environment, HTTP_PORT: '0', OPS_PORT: '0', FAULT: fault }
  const [, signal] = (await once(spawn(process.execPath, [MAIN], { env, stdio: 'inherit' }), 'exit')) as unknown[]
  return signal
}

describe('kill -9 between an object of the lake and its mark', () => {
  it('leaves the object that the next one writes again', async () => {
    const analytics = await AnalyticsHarness.open({ ANALYTICS_S3_BUCKET: `test-lake-${randomUUID()}` })
    const lake = new Lake(analytics)
    jest.spyOn(analytics.service.get(WriteHourFile), 'execute').mockRejectedValue(new Error('the other one writes'))
    const at = new Date(Math.floor(Date.now() / 86_400_000 - 2) * 86_400_000)
    const key = keyOf('traffic-hourly', at)
    await analytics.publish(
      ...Array.from({ length: 6 }, (_, i) => view(newPage(), browser(`n${i}`), { occurredAt: at.toISOString() })),
    )
    await analytics.service.untilIdle()
    await analytics.service.get(KeepHours).execute()
    const { environment } = analytics.service
    await analytics.service.halt()
    expect(await deathOf(environment, 'lake.afterPut:kill')).toBe('SIGKILL')
    await analytics.restart(environment)
    const written = await lake.objects('traffic-hourly/')
    expect(Object.keys(written)).toEqual([key])
    const file = () => analytics.database.collection('hour_files').findOne({ _id: key as never })
    expect(await file()).toMatchObject({ etag: null, dueSince: expect.any(Date) })
    await analytics.database.collection('_leases').updateOne({ _id: 'lake' as never }, { $set: { until: new Date(0) } })
    await analytics.service.get(KeepLake).write()
    expect(await lake.objects('traffic-hourly/')).toEqual(written)
    expect(await file()).toMatchObject({ etag: written[key] })
    await lake.store.removeUnder('')
    await analytics.close()
  })
})
