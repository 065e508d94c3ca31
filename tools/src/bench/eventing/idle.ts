import { setTimeout as delay } from 'node:timers/promises'
import type { StackBench } from '../measuring/bench.js'
import { median } from '../measuring/measure.js'
import { eventually } from '@mpics/testing/eventually'
import { withPlace } from '../orders/place.js'
import { spent } from '../measuring/process-figures.js'
import { roles, stopAll } from './roles.js'

const WINDOW_MS = 20_000

/** Measures processes that have nothing to do, all in the same windows. */
export async function benchIdle({ stack, rounds, system }: StackBench): Promise<void> {
  const { services } = await system()
  await withPlace(stack.addresses, async (place) => {
    const relaying = await roles.producing({ place, name: 'a', documents: 1 })
    await relaying.ask('relay')
    const consuming = await roles.consuming(place, 0)
    const bare = await roles.bare(place)
    await bare.ask('consume')
    await eventually('the consumer to join', () => consuming.ask<boolean>('joined'))
    await delay(WINDOW_MS)
    const pids = {
      'a relay': relaying.pid,
      'a consumer': consuming.pid,
      ...Object.fromEntries(Object.entries(services).map(([name, service]) => [name, service.pid])),
      'bare kafkajs': bare.pid,
    }
    const windows: Record<string, number>[] = []
    for (let round = 0; round < rounds; round++) windows.push((await spent(pids, () => delay(WINDOW_MS)))[1])
    console.log(`\nAt rest, % of a core (${rounds} windows of ${WINDOW_MS / 1000} s)`)
    for (const name of Object.keys(pids)) {
      const shares = windows.map((window) => (window[name]! / WINDOW_MS) * 1e5).sort((a, b) => a - b)
      console.log(
        `  ${name.padEnd(34)} ${median(shares).toFixed(2)} (${shares[0]!.toFixed(2)}–${shares.at(-1)!.toFixed(2)})`,
      )
    }
    await stopAll([relaying, consuming, bare])
  })
}
