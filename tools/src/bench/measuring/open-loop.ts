import { setTimeout as delay } from 'node:timers/promises'
import { summarise, type Summary } from './measure.js'

/** So many calls a second, whether or not earlier ones are answered. Latencies count from the time a call was due. */
export async function openLoop(
  call: (n: number) => Promise<void>,
  { perSecond, ms }: { perSecond: number; ms: number },
): Promise<Summary> {
  const latencies: number[] = []
  const open: Promise<void>[] = []
  const began = performance.now()
  for (let n = 0; n < (perSecond * ms) / 1000; n++) {
    const at = began + (n * 1000) / perSecond
    const early = at - performance.now()
    if (early > 0) await delay(early)
    const answered = call(n).then(() => void latencies.push(performance.now() - at))
    // its failure is thrown below, when no call is open any more
    answered.catch(() => undefined)
    open.push(answered)
  }
  await Promise.all(open)
  return summarise(latencies, ms / 1000)
}
