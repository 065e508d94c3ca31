import { setTimeout as delay } from 'node:timers/promises'
import type { StackBench } from '../measuring/bench.js'
import { interleaved } from '../measuring/measure.js'
import { reportRates, type Throughput } from '../measuring/report.js'
import { eventually } from '@mpics/testing/eventually'
import { sharedNow } from '../measuring/clock.js'
import { type Place, withPlace } from '../orders/place.js'
import { spent } from '../measuring/process-figures.js'
import type { Role } from './role.js'
import { roles } from './roles.js'

const EVENTS = 100_000
const BATCH = 1_000
const LEASE_MS = 300_000
const LOOK_MS = 5

/**
 * How fast a relay catches up: with what was saved while there was none (it reads the outboxes), and with what was saved while
 * it stood still (it reads the change stream). Against bare kafkajs, producing the same records in batches.
 */
export async function benchRelay({ stack, rounds }: StackBench): Promise<void> {
  const pids = { mongod: stack.servers.mongodb?.pid, kafka: stack.servers.kafka?.pid }
  for (const perSave of [10, 1])
    for (const [from, catchUp] of [
      ['the outboxes', fromOutboxes],
      ['the change stream', fromStream],
    ] as const) {
      const comparison = await interleaved(
        () => withPlace(stack.addresses, (place) => catchUp(place, perSave, pids)),
        () => withPlace(stack.addresses, (place) => bare(place, pids)),
        rounds,
      )
      const title = `Relay from ${from}, ${EVENTS} events, ${perSave} to a save`
      reportRates(title, { ours: 'relay', reference: 'bare kafkajs' }, comparison)
    }
}

type Pids = Record<'mongod' | 'kafka', number | undefined>

/** A document for each save. */
const producing = (place: Place, name: string, perSave: number) =>
  roles.producing({ place, name, documents: EVENTS / perSave, leaseMs: LEASE_MS })

const save = (role: Role, perSave: number) => role.ask('saves', { events: EVENTS, perSave })

async function fromOutboxes(place: Place, perSave: number, pids: Pids): Promise<Throughput> {
  const saving = await producing(place, 'a', perSave)
  await save(saving, perSave)
  await saving.stop()
  const relaying = await producing(place, 'r', EVENTS)
  const result = await timed(relaying, pids, () => relaying.ask('relay'))
  await relaying.stop()
  return result
}

async function fromStream(place: Place, perSave: number, pids: Pids): Promise<Throughput> {
  const [relaying, saving] = await Promise.all([
    roles.producing({ place, name: 'r', documents: 1, leaseMs: LEASE_MS }),
    producing(place, 'a', perSave),
  ])
  await relaying.ask('relay')
  await relaying.ask('saves', { events: 1, perSave: 1 })
  await eventually('the relay to follow', async () => (await published(relaying)).count === 1)
  relaying.signal('SIGSTOP')
  await save(saving, perSave)
  const result = await timed(relaying, pids, async () => relaying.signal('SIGCONT'), 1)
  await Promise.all([relaying.stop(), saving.stop()])
  return result
}

/** The rate until all is published; the CPU until all is removed as well. */
async function timed(role: Role, pids: Pids, begin: () => Promise<unknown>, before = 0): Promise<Throughput> {
  const began = sharedNow()
  const [at, cpu] = await spent({ node: role.pid, ...pids }, async () => {
    await begin()
    const at = await untilPublished(role, before + EVENTS)
    await eventually('empty outboxes', async () => (await role.ask<number>('pending')) === 0)
    return at
  })
  return { perSecond: EVENTS / ((at - began) / 1000), cpuMicros: perEvent(cpu) }
}

async function untilPublished(role: Role, count: number): Promise<number> {
  for (;;) {
    const found = await published(role)
    if (found.count >= count) return found.at
    // asking costs the relay time as well
    await delay(LOOK_MS)
  }
}

const published = (role: Role) => role.ask<{ count: number; at: number }>('published')

async function bare(place: Place, pids: Pids): Promise<Throughput> {
  const role = await roles.bare(place)
  await role.ask('make', { count: EVENTS, keys: EVENTS })
  const [seconds, cpu] = await spent({ node: role.pid, ...pids }, () => role.ask<number>('produce', BATCH))
  await role.stop()
  return { perSecond: EVENTS / seconds, cpuMicros: perEvent(cpu) }
}

const perEvent = (cpu: Record<string, number>) =>
  Object.fromEntries(Object.entries(cpu).map(([name, seconds]) => [name, (seconds / EVENTS) * 1e6]))
