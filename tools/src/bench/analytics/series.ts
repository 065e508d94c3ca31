import { randomBytes, randomUUID } from 'node:crypto'
import { analytics } from '@mpics/contracts'
import { measure } from '../cost/cost.js'
import { bareRead } from '../cost/jobs/bare-read.js'
import { caller } from '../cost/scene/calls.js'
import { databaseOf, insert } from '../cost/scene/clones.js'
import type { Side, Sides } from '../cost/scene/job.js'
import type { Scene } from '../cost/scene/scene.js'
import type { StackBench } from '../measuring/bench.js'
import { internalToken } from '../services/internal-token.js'

const DAYS = 396
const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000]
const REGISTERS = 4096
const CALLERS = 4
const GOAL = 20

/** Thirteen months of the site, as its owner sees them: by weeks and days in UTC, and in a zone whose days are stored nowhere. Who asks again is measured, and who asks first. */
export async function benchSeries(scene: Scene, bench: StackBench): Promise<void> {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS
  const from = today - DAYS * DAY_MS
  const times = (step: number) => Array.from({ length: (today - from) / step }, (_, n) => new Date(from + n * step))
  const store = (collection: string, step: number) =>
    insert(
      scene.system,
      'analytics',
      collection,
      times(step).map((at) => siteCell(at)),
    )
  await store('hours', HOUR_MS)
  await store('days', DAY_MS)
  const reference = await bareRead(scene)
  const period = `from=${dateOf(from)}&to=${dateOf(today - DAY_MS)}`
  for (const query of ['', '&interval=day', '&interval=month&zone=Europe/Berlin', '&interval=day&zone=Europe/Berlin']) {
    const name = `series over 13 months of hours${query.replaceAll('&', ', ')}`
    const again = { name: `${name}, asked again`, callers: CALLERS, warmUp: 100, goals: { cpu: GOAL } }
    const ours = series(scene, `${period}${query}`)
    await measure({ ...again, sides: async () => ({ ours, reference }) }, scene, bench)
    await measureFirst(`${name}, asked first`, { ours, reference }, scene, bench)
  }
}

/** What is kept of earlier questions is removed before each call, which is counted as well. */
async function measureFirst(
  name: string,
  { ours: asked, reference }: Sides,
  scene: Scene,
  bench: StackBench,
): Promise<void> {
  const { connection, close } = await databaseOf(scene.system, 'analytics')
  const call = async (n: number) => {
    await connection.db!.collection('spans').deleteMany({})
    await asked.call(n)
  }
  const ours = { ...asked, name: 'analytics: a series, of which nothing is kept', call }
  const sides = async () => ({ ours, reference })
  await measure({ name, callers: 1, warmUp: 3, goals: {}, sides }, scene, bench).finally(close)
}

const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10)

/** As many browsers as fill a sketch. */
function siteCell(at: Date) {
  const registers = Buffer.concat([Buffer.from([2]), randomBytes(REGISTERS).map((byte) => (byte % 8) + 1)])
  const counts = { views: 9_000, repeats: 1_000, visitors: 6_000, sessions: 5_000, bounces: 2_000, seconds: 60_000 }
  return {
    _id: `${at.toISOString()} site `,
    at,
    dimension: 'site',
    value: '',
    ...counts,
    registers,
    seen: 0,
    closing: 1,
  }
}

function series({ system, folder, pids, mongod }: Scene, query: string): Side {
  let token = ''
  const staff = { sub: randomUUID(), sid: randomUUID(), roles: ['member', 'analyst'] }
  return {
    name: 'analytics: a series',
    prepare: async () => (token = await internalToken(folder, 'analytics', staff)),
    pids: { analytics: system.services.analytics.pid ?? pids['analytics'], ...mongod },
    call: caller(`http://127.0.0.1:${system.ports.analytics.http}`, 200, () => ({
      path: `${analytics.getTrafficSeries.path}?${query}`,
      headers: { authorization: `Bearer ${token}` },
    })),
  }
}
