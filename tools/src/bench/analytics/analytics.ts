import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure } from '../cost/cost.js'
import { jobs } from '../cost/jobs.js'
import { tellOperations } from '../cost/operation.js'
import { type Scene, setScene } from '../cost/scene/scene.js'
import type { StackBench } from '../measuring/bench.js'
import { benchAggregation, benchBacklogMemory } from './aggregation.js'
import { benchKilledGateway } from './killed-gateway.js'
import { benchLists } from './lists.js'
import { benchSeries } from './series.js'
import { benchViews } from './views.js'

const parts: Record<string, (scene: Scene, bench: StackBench) => Promise<void>> = {
  'page-view': async (scene, bench) => {
    for (const job of jobs.filter(({ name }) => name.startsWith('page view')))
      scene.measured.push(await measure(job, scene, bench))
  },
  series: benchSeries,
  lists: benchLists,
  views: benchViews,
  aggregation: benchAggregation,
  memory: benchBacklogMemory,
  'killed-gateway': benchKilledGateway,
}

export const analyticsParts: readonly string[] = Object.keys(parts).map((part) => `analytics/${part}`)

/** What counting costs, and that it loses nothing. */
export async function benchAnalytics(bench: StackBench): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mpics-analytics-'))
  const scene = await setScene(bench, folder)
  try {
    for (const [part, measured] of Object.entries(parts))
      if (bench.wants(`analytics/${part}`)) await measured(scene, bench)
    await tellOperations(scene)
  } finally {
    await scene.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
