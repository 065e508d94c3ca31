import { setTimeout as delay } from 'node:timers/promises'
import { sharedNow } from '../measuring/clock.js'

export interface Load {
  perSecond: number
  ms: number
}

/** An open loop: each change is accepted at its time, however the ones before it are doing. Resolves to their number. */
export async function accept({ perSecond, ms }: Load, change: (n: number, at: number) => Promise<unknown>) {
  const open: Promise<void>[] = []
  const start = sharedNow()
  for (let n = 0; n < (perSecond * ms) / 1000; n++) {
    const at = start + (n * 1000) / perSecond
    const early = at - sharedNow()
    if (early > 0) await delay(early)
    open.push(answered(change(n, at)))
  }
  await Promise.all(open)
  return open.length
}

/** What it resolves to is garbage at once, as in a service that has answered. */
async function answered(change: Promise<unknown>): Promise<void> {
  await change
}
