import { readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100

/** User and system seconds of a process since it began; NaN when it is not ours to see. */
export function cpuSeconds(pid: number | undefined): number {
  if (!pid) return Number.NaN
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

export const residentMegabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024

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
