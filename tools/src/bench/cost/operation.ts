import { readFile } from 'node:fs/promises'
import { type Service, serviceNames } from '../../environment/system/services.js'
import type { System } from '../../environment/system/system.js'
import { apart, isEvent, requestsOf } from '../round-trips/apart.js'
import type { Asked, RoundTrips } from '../round-trips/round-trips.js'
import { refuse } from '../measuring/cores.js'
import { inTurn } from '../measuring/measure.js'
import { KNOWN } from './jobs/page-view.js'
import { reportOperation } from './report-cost.js'
import type { Side } from './scene/job.js'
import { restingAgain, type Scene } from './scene/scene.js'

/** So many that what services ask for at rest is little beside it. */
const TIMES = 100
/** All known pages once. */
const WARM_UP = KNOWN

export interface ServiceTrips {
  within: Record<string, number>
  /** Asked for no request, such as for what it has published. */
  behind: Record<string, number>
}

export type Trips = Map<Service, ServiceTrips>

const kindOf = (asked: Asked): string => {
  const { what } = asked
  if (/^[A-Z]+ /.test(what)) return 'calls'
  if (what === 'produce') return 'requests to Kafka'
  return isEvent(asked) ? 'events' : 'commands of MongoDB'
}

/** Tells of all that was measured what an operation of it asks of other processes. Ends the measurement where figures cannot be true. */
export async function tellOperations(scene: Scene): Promise<void> {
  if (scene.measured.length === 0) return
  const roundTrips = await scene.recorded()
  console.log('\nWhat an operation asks of other processes')
  for (const measured of scene.measured)
    reportOperation(measured.job, await tripsOf(scene.system, roundTrips, measured.side), measured)
  refuse(scene.measured.flatMap(({ impossible }) => impossible))
}

/** What services ask of others for its requests, and behind them. Known pages are known before, and tallies found. */
async function tripsOf(system: System, roundTrips: RoundTrips, side: Side): Promise<Trips> {
  await side.prepare?.()
  await inTurn(side.call, WARM_UP)
  await settled(side)
  await restingAgain(roundTrips, system)
  await inTurn(side.call, TIMES)
  await settled(side)
  return tripsAmong(await restingAgain(roundTrips, system), TIMES * (side.perCall ?? 1))
}

/** As lines of the log are: of an operation, where a call is the work of several. */
export function tripsAmong(taken: ReadonlyMap<Service, Asked[]>, operations: number): Trips {
  const average = (asked: Asked[]) =>
    Object.fromEntries([...Map.groupBy(asked, kindOf)].map(([kind, all]) => [kind, all.length / operations]))
  return new Map(
    [...taken].map(([service, asked]) => {
      const [within, behind] = apart(asked, requestsOf(taken))
      return [service, { within: average(within), behind: average(behind) }] as const
    }),
  )
}

async function settled({ done, settled }: Side): Promise<void> {
  await done?.()
  await settled?.()
}

export async function loggedLines({ services }: System): Promise<Map<Service, number>> {
  const lines = async (name: Service) => (await readFile(services[name].logFile)).filter((byte) => byte === 10).length
  return new Map(await Promise.all(serviceNames.map(async (name) => [name, await lines(name)] as const)))
}
