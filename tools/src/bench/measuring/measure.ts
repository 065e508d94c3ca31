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

export const median = (values: readonly number[]): number =>
  percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  )

/** Closed loop: so many callers, each the next call after its last, for so long. Latencies in ms. */
export async function closedLoop(
  call: (n: number) => Promise<void>,
  { callers, ms }: { callers: number; ms: number },
): Promise<Summary> {
  const latencies: number[] = []
  const began = performance.now()
  let n = 0
  const caller = async () => {
    while (performance.now() - began < ms) {
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

/** A B A B …: what drifts on a shared machine drifts for both. The first round warms up and is not counted. */
export async function interleaved<T>(
  ours: () => Promise<T>,
  reference: () => Promise<T>,
  rounds: number,
): Promise<Comparison<T>> {
  const result: Comparison<T> = { ours: [], reference: [] }
  for (let round = 0; round <= rounds; round++) {
    const [a, b] = [await ours(), await reference()]
    if (round === 0) continue
    result.ours.push(a)
    result.reference.push(b)
  }
  return result
}

const LOOK_MS = 5

/** Waits for what a measurement ends with, without adding much to it. */
export const until = (what: string, look: () => Promise<boolean>): Promise<boolean> =>
  eventually(what, look, 30_000, LOOK_MS)
