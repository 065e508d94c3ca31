import { setTimeout as delay } from 'node:timers/promises'
import type { Scene } from '../cost/scene/scene.js'
import { untilHandled } from '../eventing/roles.js'
import type { StackBench } from '../measuring/bench.js'
import { type Sample, tellGrowth } from '../measuring/growth.js'
import { interleaved } from '../measuring/measure.js'
import { cpuSeconds, residentMegabytes, spent } from '../measuring/process-figures.js'
import { reportRates, type Throughput } from '../measuring/report.js'
import { Backlog } from './backlog.js'

const VIEWS = Number(process.env['BENCH_VIEWS'] ?? 200_000)
const MEMORY_VIEWS = Number(process.env['BENCH_MEMORY_VIEWS'] ?? 1_000_000)
const LOOK_MS = 200
/** Such as `--cpu-prof`, beside the flags that services have. */
const flags = process.env['BENCH_NODE_OPTIONS'] ?? ''

/** Analytics counts what waits for it, against kafkajs alone that reads all records of the same topic. */
export async function benchAggregation(scene: Scene, { rounds }: StackBench): Promise<void> {
  const backlog = new Backlog(scene)
  let waiting = 0
  const ours = async () => {
    await backlog.grow(VIEWS)
    waiting += VIEWS
    return counted(scene, backlog, VIEWS)
  }
  const comparison = await interleaved(ours, () => bareReading(backlog, waiting), rounds)
  const names = { ours: 'counted by page, day, site; logged', reference: 'bare kafkajs reads them' }
  reportRates(`A backlog of ${VIEWS} page views; goal of the ratio ≥ 0.5`, names, comparison)
}

/** A million views that waited: whether analytics grows on the way. */
export async function benchBacklogMemory(scene: Scene): Promise<void> {
  const backlog = new Backlog(scene)
  await backlog.grow(MEMORY_VIEWS)
  const samples: Sample[] = []
  await scene.system.services.analytics.start()
  const pid = scene.system.services.analytics.pid!
  while ((samples.at(-1)?.handled ?? 0) < MEMORY_VIEWS) {
    samples.push({ handled: await backlog.handled(), megabytes: { analytics: residentMegabytes(pid) } })
    await delay(LOOK_MS)
  }
  console.log(`\nMemory over a backlog of ${MEMORY_VIEWS.toLocaleString('en')} page views (${samples.length} samples)`)
  tellGrowth('analytics', samples, MEMORY_VIEWS)
}

/** The rate is that from the first look that sees progress to the last. */
async function counted({ system, pids }: Scene, backlog: Backlog, count: number): Promise<Throughput> {
  const { analytics } = system.services
  await analytics.start({ NODE_OPTIONS: `${analytics.env['NODE_OPTIONS'] ?? ''} ${flags}` })
  const spenders = { analytics: analytics.pid, mongod: pids['mongod'], kafka: pids['kafka'] }
  const look = async () => ({ handled: await backlog.handled(), at: performance.now(), cpu: cpuOf(spenders) })
  let first = await look()
  while (first.handled === 0) {
    await delay(LOOK_MS)
    first = await look()
  }
  let last = first
  while (last.handled < count) {
    await delay(LOOK_MS)
    last = await look()
  }
  const done = last.handled - first.handled
  const micros = Object.entries(last.cpu).map(([name, s]) => [name, ((s - first.cpu[name]!) / done) * 1e6])
  return { perSecond: (done / (last.at - first.at)) * 1_000, cpuMicros: Object.fromEntries(micros) }
}

async function bareReading(backlog: Backlog, count: number): Promise<Throughput> {
  const consumer = await backlog.bare()
  await consumer.ask('consume')
  const [{ perSecond }, cpu] = await spent({ node: consumer.pid }, () => untilHandled(consumer, count))
  await consumer.stop()
  return { perSecond, cpuMicros: { node: (cpu.node / count) * 1e6 } }
}

const cpuOf = (pids: Record<string, number | undefined>): Record<string, number> =>
  Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, cpuSeconds(pid)]))
