import { readFile } from 'node:fs/promises'
import { type Service, serviceNames } from '../../environment/system/services.js'
import type { System } from '../../environment/system/system.js'
import type { Asked } from '../round-trips/round-trips.js'
import { inTurn } from '../measuring/measure.js'
import type { Side } from './scene/job.js'
import type { Scene } from './scene/scene.js'

const TIMES = 20

export type Trips = Map<Service, Record<string, number>>

const kindOf = ({ what }: Asked): string => {
  if (/^[A-Z]+ /.test(what)) return 'calls'
  if (what === 'produce') return 'requests to Kafka'
  return /\.v\d+$/.test(what) ? 'events' : 'commands of MongoDB'
}

/** What services ask of others, behind an operation as well as within it: at rest they ask for little. */
export async function tripsOf({ system, roundTrips }: Scene, side: Side): Promise<Trips> {
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
