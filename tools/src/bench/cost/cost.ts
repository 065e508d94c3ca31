import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demand } from '../../environment/artifacts/requirements.js'
import type { Service } from '../../environment/system/services.js'
import type { StackBench } from '../measuring/bench.js'
import { inTurns } from '../measuring/measure.js'
import { round } from './figures.js'
import type { Job, Side, Sides } from './scene/job.js'
import { jobs } from './jobs.js'
import { loggedLines, tellOperations } from './operation.js'
import { type Measured, reportCost } from './report-cost.js'
import { type MeasuredSide, type Scene, setScene } from './scene/scene.js'

/** Node compiles by how often something is called, and a service lives for days; it serves one call for several operations that share it. */
const WARM_UP = 30_000

const warmUp = ({ warmUp: operations = WARM_UP }: Job, { perCall = 1 }: Side) => ({
  times: Math.ceil(operations / perCall),
})

export async function benchCost(bench: StackBench): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mpics-cost-'))
  const scene = await setScene(bench, folder)
  try {
    for (const job of jobs.filter(({ name }) => bench.wants(partOf(name))))
      if (await canRun(job)) scene.measured.push(await measure(job, scene, bench))
    await tellOperations(scene)
  } finally {
    await scene.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function canRun({ name, needs }: Job): Promise<boolean> {
  const missing = needs && (await demand(needs, name).then(() => undefined, messageOf))
  if (missing) console.log(`\n${name}: left out. ${missing}`)
  return !missing
}

const messageOf = ({ message }: Error) => message

const partOf = (job: string) => `cost/${job.replace(/\W+/g, '-')}`

export const costParts: readonly string[] = jobs.map(({ name }) => partOf(name))

export async function measure(job: Job, scene: Scene, { rounds, ms }: StackBench): Promise<MeasuredSide> {
  const sides = await job.sides(scene)
  const roundOf = (side: Side) => (warmsUp: boolean) =>
    round(side, { callers: job.callers, ...(warmsUp ? warmUp(job, side) : { ms }) })
  const before = await loggedLines(scene.system)
  let operations = 0
  const counted = async (warmsUp: boolean) => {
    const figures = await roundOf(sides.ours)(warmsUp)
    operations += figures.operations
    return figures
  }
  const others = Object.entries(sides).map(([name, side]) => [name, roundOf(side)] as const)
  const programs = { ...Object.fromEntries(others), ours: counted } as Record<keyof Sides, typeof counted>
  const measured: Measured = await inTurns(programs, rounds)
  const after = await loggedLines(scene.system)
  const impossible = reportCost(job, sides, measured)
  const lines = new Map<Service, number>([...after].map(([name, n]) => [name, (n - before.get(name)!) / operations]))
  return { job: job.name, side: sides.ours, lines, impossible }
}
