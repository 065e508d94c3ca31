import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Service } from '../../environment/system/services.js'
import type { StackBench } from '../measuring/bench.js'
import { interleaved } from '../measuring/measure.js'
import { round } from './figures.js'
import type { Job } from './scene/job.js'
import { jobs } from './jobs.js'
import { loggedLines, tripsOf } from './operation.js'
import { reportCost, reportOperation } from './report-cost.js'
import { type Scene, setScene } from './scene/scene.js'

export async function benchCost(bench: StackBench): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mpics-cost-'))
  const scene = await setScene(bench, folder)
  try {
    for (const job of jobs) await measure(job, scene, bench)
  } finally {
    await scene.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(job: Job, scene: Scene, { rounds, ms }: StackBench): Promise<void> {
  const { ours, reference } = await job.sides(scene)
  const loop = { callers: job.callers, ms }
  const before = await loggedLines(scene.system)
  let operations = 0
  const counted = async () => {
    const figures = await round(ours, loop)
    operations += figures.operations
    return figures
  }
  const comparison = await interleaved(counted, () => round(reference, loop), rounds)
  const after = await loggedLines(scene.system)
  reportCost(job, { ours, reference }, comparison)
  const lines = new Map<Service, number>([...after].map(([name, n]) => [name, (n - before.get(name)!) / operations]))
  reportOperation(await tripsOf(scene, ours), lines)
}
