import { readFile } from 'node:fs/promises'
import { type Service, serviceNames } from '../../environment/system/services.js'
import type { System } from '../../environment/system/system.js'
import type { Asked, RoundTrips } from '../round-trips/round-trips.js'
import { inTurn } from '../measuring/measure.js'
import { reportOperation } from './report-cost.js'
import type { Side } from './scene/job.js'
import type { Scene } from './scene/scene.js'

const TIMES = 20

export type Trips = Map<Service, Record<string, number>>

const kindOf = ({ what }: Asked): string => {
  if (/^[A-Z]+ /.test(what)) return 'calls'
  if (what === 'produce') return 'requests to Kafka'
  return /\.v\d+$/.test(what) ? 'events' : 'commands of MongoDB'
}

/** Tells of all that was measured what an operation of it asks of other processes. */
export async function tellOperations(scene: Scene): Promise<void> {
  if (scene.measured.length === 0) return
  const roundTrips = await scene.recorded()
  console.log('\nWhat an operation asks of other processes')
  for (const { job, side, lines } of scene.measured)
    reportOperation(job, await tripsOf(scene.system, roundTrips, side), lines)
}

/** What services ask of others, behind an operation as well as within it: at rest they ask for little. */
async function tripsOf(system: System, roundTrips: RoundTrips, side: Side): Promise<Trips> {
  await side.prepare?.()
  await roundTrips.take(system)
  await inTurn(side.call, TIMES)
  await side.settled?.()
  const taken = await roundTrips.take(system, '/stop')
  const average = (asked: Asked[]) =>
    Object.fromEntries([...Map.groupBy(asked, kindOf)].map(([kind, all]) => [kind, all.length / TIMES]))
  return new Map([...taken].map(([service, asked]) => [service, average(asked)] as const))
}

export async function loggedLines({ services }: System): Promise<Map<Service, number>> {
  const lines = async (name: Service) => (await readFile(services[name].logFile)).filter((byte) => byte === 10).length
  return new Map(await Promise.all(serviceNames.map(async (name) => [name, await lines(name)] as const)))
}
