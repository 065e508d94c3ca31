import { analytics } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { measure } from '../cost/cost.js'
import { bareRead } from '../cost/jobs/bare-read.js'
import type { Scene } from '../cost/scene/scene.js'
import type { StackBench } from '../measuring/bench.js'
import { measureFirst } from './series.js'
import { asAnalyst, keepCells, thirteenMonths, writtenDays } from './stored-cells.js'

const COUNTRIES = 60
const MOST_VISITORS = 6_000
const GOAL = 20

/** The countries of 13 months, most of which send few visitors a day. */
export async function benchLists(scene: Scene, bench: StackBench): Promise<void> {
  for (let n = 1; n <= COUNTRIES; n++) {
    const value = String.fromCharCode(64 + Math.ceil(n / 26), 65 + (n % 26))
    await keepCells(scene, 'days', DAY_MS, { dimension: 'country', value, visitors: Math.ceil(MOST_VISITORS / n ** 2) })
  }
  await writtenDays(scene)
  const reference = await bareRead(scene)
  const ours = asAnalyst(scene, 'a list', `${analytics.getTrafficCountries.path}?${thirteenMonths()}`)
  const name = 'countries of 13 months'
  const again = { name: `${name}, asked again`, callers: 1, warmUp: 10, goals: { cpu: GOAL } }
  scene.measured.push(await measure({ ...again, sides: async () => ({ ours, reference }) }, scene, bench))
  await measureFirst(`${name}, asked first`, { ours, reference }, scene, bench)
}
