import { setTimeout as delay } from 'node:timers/promises'
import type { StackBench } from '../measuring/bench.js'
import { withPlace } from '../orders/place.js'
import { residentMegabytes } from '../measuring/process-figures.js'
import type { Role } from './role.js'
import { roles, stopAll } from './roles.js'

const EVENTS = 1_000_000
const PER_SAVE = 5
const SAMPLE_MS = 500

interface Sample {
  handled: number
  megabytes: Record<string, number>
}

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
    for (const name of Object.keys(processes)) tell(name, samples)
    await stopAll([relaying, saving, consuming])
  })
}

async function sample(processes: Record<string, Role>, consuming: Role): Promise<Sample> {
  const megabytes = Object.fromEntries(Object.entries(processes).map(([k, role]) => [k, residentMegabytes(role.pid)]))
  return { handled: await consuming.ask('count'), megabytes }
}

/** The slope is that of the last four fifths: heaps find their size first. */
function tell(name: string, samples: readonly Sample[]): void {
  const all = samples.map(({ megabytes }) => megabytes[name]!)
  const settled = samples.filter(({ handled }) => handled > EVENTS / 5)
  const slope = slopeOf(settled.map(({ handled, megabytes }) => [handled / 1e6, megabytes[name]!]))
  const at = (share: number) => samples.find(({ handled }) => handled >= EVENTS * share)!.megabytes[name]!.toFixed(0)
  const marks = [0.2, 0.4, 0.6, 0.8, 1].map(at).join(', ')
  console.log(
    `  ${name.padEnd(34)} largest ${Math.max(...all).toFixed(0)} MB   at each fifth ${marks} MB   slope ${slope.toFixed(1)} MB a million`,
  )
}

/** Least squares. */
function slopeOf(points: readonly [number, number][]): number {
  const mean = (pick: (point: readonly [number, number]) => number) =>
    points.reduce((sum, p) => sum + pick(p), 0) / points.length
  const [x, y] = [mean((p) => p[0]), mean((p) => p[1])]
  return (
    points.reduce((sum, p) => sum + (p[0] - x) * (p[1] - y), 0) / points.reduce((sum, p) => sum + (p[0] - x) ** 2, 0)
  )
}
