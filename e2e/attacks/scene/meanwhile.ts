import { setTimeout as delay } from 'node:timers/promises'
import { percentile } from '@mpics/tools/bench/measuring/measure'

/** What somebody does again and again; it rejects when it does not succeed. */
export interface Act {
  what: string
  once: () => Promise<unknown>
  everyMs?: number
}

export interface Meanwhile {
  failures: string[]
  latencies: number[]
}

const EVERY_MS = 150

/** People use the site while something else happens; what went wrong for them, and how long they waited. */
export async function meanwhile(acts: readonly Act[], happening: Promise<unknown>): Promise<Meanwhile> {
  const seen: Meanwhile = { failures: [], latencies: [] }
  let over = false
  const person = async ({ what, once, everyMs = EVERY_MS }: Act) => {
    do {
      const began = performance.now()
      await once().then(
        () => seen.latencies.push(performance.now() - began),
        (error: Error) => seen.failures.push(`${what}: ${error.message}`),
      )
      await delay(everyMs)
    } while (!over)
  }
  const people = Promise.all(acts.map(person))
  await happening.finally(() => (over = true))
  await people
  return seen
}

export const waits = ({ latencies }: Meanwhile): string => {
  const sorted = latencies.toSorted((a, b) => a - b)
  const ms = (share: number) => `${percentile(sorted, share).toFixed(0)} ms`
  return `${sorted.length} requests, p50 ${ms(0.5)}, p99 ${ms(0.99)}`
}
