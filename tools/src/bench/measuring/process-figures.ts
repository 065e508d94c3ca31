import { readdirSync, readFileSync } from 'node:fs'
import type { Summary } from './measure.js'

const TICKS_PER_SECOND = 100

/** User and system seconds of a process since it began, with those of its children unless it is this one; NaN when it is not ours to see. */
export function cpuSeconds(pid: number | undefined): number {
  if (!pid) return Number.NaN
  // before the process itself: a child that ends meanwhile is then counted there
  const ofChildren = pid === process.pid ? 0 : childrenOf(pid).reduce((sum, child) => sum + ifStillThere(child), 0)
  const [user, system, ...ended] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .split(') ')[1]!
    .split(' ')
    .slice(11, 15)
    .map(Number)
  const own = pid === process.pid ? [user!, system!] : [user!, system!, ...ended]
  return own.reduce((a, b) => a + b) / TICKS_PER_SECOND + ofChildren
}

const childrenOf = (pid: number): number[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )

function ifStillThere(pid: number): number {
  try {
    return cpuSeconds(pid)
  } catch {
    return 0
  }
}

export const residentMegabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024

export type Pids = Record<string, number | undefined>

/** The CPU time of each process while `work` runs, in seconds. */
export async function spent<K extends string, T>(
  pids: Record<K, number | undefined>,
  work: () => Promise<T>,
): Promise<[T, Record<K, number>]> {
  const names = Object.keys(pids) as K[]
  const now = () => names.map((name) => cpuSeconds(pids[name]))
  const before = now()
  const result = await work()
  const after = now()
  return [result, Object.fromEntries(names.map((name, i) => [name, after[i]! - before[i]!])) as Record<K, number>]
}

export interface Costed extends Summary {
  /** CPU for each operation in ms, by process. */
  cpuOf: Record<string, number>
}

/** What an operation costs, with all that `work` does besides. */
export async function costed(pids: Pids, work: () => Promise<Summary>): Promise<Costed> {
  const [summary, seconds] = await spent(pids, work)
  return { ...summary, cpuOf: perOperation(seconds, summary.count) }
}

/** In ms, of the processes that are ours to see. */
export const perOperation = (seconds: Record<string, number>, operations: number): Record<string, number> =>
  Object.fromEntries(
    Object.entries(seconds)
      .filter(([, s]) => !Number.isNaN(s))
      .map(([name, s]) => [name, (s * 1000) / operations]),
  )
