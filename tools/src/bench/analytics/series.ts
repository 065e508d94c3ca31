import { measure } from '../cost/cost.js'
import { bareRead } from '../cost/jobs/bare-read.js'
import { databaseOf } from '../cost/scene/clones.js'
import type { Sides } from '../cost/scene/job.js'
import type { Scene } from '../cost/scene/scene.js'
import type { StackBench } from '../measuring/bench.js'
import { analytics } from '@mpics/contracts'
import { DAY_MS, HOUR_MS } from '@mpics/contracts/durations'
import { asAnalyst, keepCells, thirteenMonths, writtenDays } from './stored-cells.js'

const CALLERS = 4
const WARM_UP = 1_000
const GOAL = 20
/** So many browsers that they fill a sketch. */
const SITE = { dimension: 'site', value: '', visitors: 6_000 }

/** Thirteen months of the site, as its owner sees them: by weeks and days in UTC, and in a zone whose days are stored nowhere. Who asks again is measured, and who asks first. */
export async function benchSeries(scene: Scene, bench: StackBench): Promise<void> {
  await keepCells(scene, 'hours', HOUR_MS, SITE)
  await keepCells(scene, 'days', DAY_MS, SITE)
  await writtenDays(scene)
  const reference = await bareRead(scene)
  for (const query of ['', '&interval=day', '&interval=month&zone=Europe/Berlin', '&interval=day&zone=Europe/Berlin']) {
    const name = `series over 13 months of hours${query.replaceAll('&', ', ')}`
    const again = { name: `${name}, asked again`, callers: CALLERS, warmUp: WARM_UP, goals: { cpu: GOAL } }
    const ours = asAnalyst(scene, 'a series', `${analytics.getTrafficSeries.path}?${thirteenMonths()}${query}`)
    scene.measured.push(await measure({ ...again, sides: async () => ({ ours, reference }) }, scene, bench))
    await measureFirst(`${name}, asked first`, { ours, reference }, scene, bench)
  }
}

/** What is kept of earlier questions is removed before each call, which is counted as well. */
export async function measureFirst(
  name: string,
  { ours: asked, reference }: Sides,
  scene: Scene,
  bench: StackBench,
): Promise<void> {
  const { connection, close } = await databaseOf(scene.system, 'analytics')
  const call = async (n: number) => {
    for (const kept of ['spans', 'rankings']) await connection.db!.collection(kept).deleteMany({})
    await asked.call(n)
  }
  const ours = { ...asked, name: `${asked.name}, of which nothing is kept`, call }
  const sides = async () => ({ ours, reference })
  try {
    await measure({ name, callers: 1, warmUp: 3, goals: {}, sides }, scene, bench)
  } finally {
    await close()
  }
}
