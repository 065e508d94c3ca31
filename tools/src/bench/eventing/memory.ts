import { setTimeout as delay } from 'node:timers/promises'
import type { StackBench } from '../measuring/bench.js'
import { withPlace } from '../orders/place.js'
import { type Sample, tellGrowth } from '../measuring/growth.js'
import { residentMegabytes } from '../measuring/process-figures.js'
import type { Role } from './role.js'
import { roles, stopAll } from './roles.js'

const EVENTS = 1_000_000
const PER_SAVE = 5
const SAMPLE_MS = 500

/** A million events from save to handler: whether the processes grow on the way. */
export async function benchMemory({ stack }: StackBench): Promise<void> {
  await withPlace(stack.addresses, async (place) => {
    const relaying = await roles.producing({ place, name: 'r', documents: 1 })
    const saving = await roles.producing({ place, name: 'a', documents: 2_000 })
    const consuming = await roles.consuming(place, 0)
    await relaying.ask('relay')
    const processes = { relay: relaying, consumer: consuming }
    const saved = saving.ask('saves', { events: EVENTS, perSave: PER_SAVE })
    const samples: Sample[] = []
    while ((samples.at(-1)?.handled ?? 0) < EVENTS) {
      samples.push(await sample(processes, consuming))
      await delay(SAMPLE_MS)
    }
    await saved
    console.log(`\nMemory over ${EVENTS.toLocaleString('en')} events from save to handler (${samples.length} samples)`)
    for (const name of Object.keys(processes)) tellGrowth(name, samples, EVENTS)
    await stopAll([relaying, saving, consuming])
  })
}

async function sample(processes: Record<string, Role>, consuming: Role): Promise<Sample> {
  const megabytes = Object.fromEntries(Object.entries(processes).map(([k, role]) => [k, residentMegabytes(role.pid)]))
  return { handled: await consuming.ask('count'), megabytes }
}
