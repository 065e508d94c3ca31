import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Busy } from './cores.js'
import type { Summary } from './measure.js'

const TICKS_PER_SECOND = 100

const ASKING = 'asking'

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

export const childrenOf = (pid: number, proc = '/proc'): number[] =>
  readdirSync(`${proc}/${pid}/task`).flatMap((thread) => childrenOfThread(`${proc}/${pid}/task/${thread}`))

/** None of one that has ended since it was listed: those are their process's by now. */
function childrenOfThread(thread: string): number[] {
  try {
    return readFileSync(`${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch (error) {
    if (existsSync(thread)) throw error
    return []
  }
}

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

export interface Costed extends Summary, Busy {
  /** CPU for each operation in ms, by process. */
  cpuOf: Record<string, number>
}

/** What follows the last operation, such as what is told of a mail behind it, is handled within this time. */
const HANDLED_MS = 1_000

/** What an operation costs, with what follows it: that would burden the next side. */
export async function costed(pids: Pids, work: () => Promise<Summary>): Promise<Costed> {
  const began = performance.now()
  const [summary, seconds] = await spent(withAsking(pids), async () => {
    const summary = await work()
    await delay(HANDLED_MS)
    return summary
  })
  return { ...summary, ...shared(seconds, summary.count, (performance.now() - began) / 1000) }
}

/** The time of this process tells nothing of an operation, but takes part of the cores. */
export const withAsking = (pids: Pids): Pids =>
  Object.values(pids).includes(process.pid) ? pids : { ...pids, [ASKING]: process.pid }

/** Of these seconds of processors, what each operation took, and how many cores were busy all the time. */
export function shared(
  { [ASKING]: asking = 0, ...seconds }: Record<string, number>,
  operations: number,
  elapsed: number,
) {
  const all = Object.values(seconds).filter((s) => !Number.isNaN(s))
  const cores = all.reduce((sum, s) => sum + s, asking) / elapsed
  return { cores, cpuOf: perOperation(seconds, operations) }
}

/** In ms, of the processes that are ours to see. */
export const perOperation = (seconds: Record<string, number>, operations: number): Record<string, number> =>
  Object.fromEntries(
    Object.entries(seconds)
      .filter(([, s]) => !Number.isNaN(s))
      .map(([name, s]) => [name, (s * 1000) / operations]),
  )
