import { eventually } from '@mpics/testing/eventually'

export interface Summary {
  count: number
  perSecond: number
  p50: number
  p99: number
}

export const percentile = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN

export function summarise(latencies: readonly number[], seconds: number): Summary {
  const sorted = [...latencies].sort((a, b) => a - b)
  return {
    count: sorted.length,
    perSecond: sorted.length / seconds,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
  }
}

/** Of an even number it lies between the two in the middle: the upper one of two rounds would be the worse of them. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

export type Loop = { callers: number } & ({ ms: number } | { times: number })

/** Closed loop: so many callers, each the next call after its last, for so long or so often. Latencies in ms. */
export async function closedLoop(call: (n: number) => Promise<void>, { callers, ...end }: Loop): Promise<Summary> {
  const latencies: number[] = []
  const began = performance.now()
  let n = 0
  const goesOn = () => ('ms' in end ? performance.now() - began < end.ms : n < end.times)
  const caller = async () => {
    while (goesOn()) {
      const at = performance.now()
      await call(n++)
      latencies.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return summarise(latencies, (performance.now() - began) / 1000)
}

/** One after the other, so many times. */
export async function inTurn(call: (n: number) => Promise<void>, times: number): Promise<Summary> {
  const latencies: number[] = []
  const began = performance.now()
  for (let n = 0; n < times; n++) {
    const at = performance.now()
    await call(n)
    latencies.push(performance.now() - at)
  }
  return summarise(latencies, (performance.now() - began) / 1000)
}

export interface Comparison<T> {
  ours: T[]
  reference: T[]
}

export const interleaved = <T>(
  ours: () => Promise<T>,
  reference: () => Promise<T>,
  rounds: number,
): Promise<Comparison<T>> => inTurns({ ours, reference }, rounds)

/** A B A B …: what drifts on a shared machine drifts for all. The first round warms up and is not counted. */
export async function inTurns<K extends string, T>(
  programs: Record<K, (warmsUp: boolean) => Promise<T>>,
  rounds: number,
): Promise<Record<K, T[]>> {
  const names = Object.keys(programs) as K[]
  const result = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<K, T[]>
  for (let round = 0; round <= rounds; round++)
    for (const name of names) {
      const figures = await programs[name](round === 0)
      if (round > 0) result[name].push(figures)
    }
  return result
}

const LOOK_MS = 5

/** Waits for what a measurement ends with, without adding much to it. */
export const until = (what: string, look: () => Promise<boolean>): Promise<boolean> =>
  eventually(what, look, 30_000, LOOK_MS)
