import { closedLoop, type Loop } from '../measuring/measure.js'
import { spent } from '../measuring/process-figures.js'
import type { Side } from './scene/job.js'

export interface Figures {
  operations: number
  rate: number
  p50: number
  cpu: number
  cpuOf: Record<string, number>
}

export async function round(side: Side, loop: Loop): Promise<Figures> {
  await side.prepare?.()
  const [summary, seconds] = await spent(side.pids, async () => {
    const done = await closedLoop(side.call, loop)
    await side.settled?.()
    return done
  })
  const { perCall = 1 } = side
  const operations = summary.count * perCall
  const known = Object.entries(seconds).filter(([, s]) => !Number.isNaN(s))
  const cpuOf = Object.fromEntries(known.map(([name, s]) => [name, (s * 1000) / operations]))
  const cpu = Object.values(cpuOf).reduce((sum, ms) => sum + ms, 0)
  return { operations, rate: summary.perSecond * perCall, p50: summary.p50, cpu, cpuOf }
}
