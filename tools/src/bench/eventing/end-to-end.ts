import type { StackBench } from '../measuring/bench.js'
import { inTurns, median } from '../measuring/measure.js'
import { type Costed, costed, type Pids } from '../measuring/process-figures.js'
import { reportCosts } from '../measuring/report.js'
import { type Place, withPlace } from '../orders/place.js'
import type { Role } from './role.js'
import { roles, stopAll, untilHandled } from './roles.js'

const LOAD = { perSecond: 250, ms: 8_000 }
const KEYS = 300
const REPLICAS = ['a', 'b'] as const
const PER_SECOND = LOAD.perSecond * REPLICAS.length
/** Half of two cores, and of what mongod took for an event before. */
const GOALS = { p50: 15, p99: 50, cores: 1, mongod: 1.9 }

type Servers = Record<'mongod' | 'kafka', number | undefined>

/** Accepted, saved, relayed, handled into a projection; two replicas save, one of them relays. Against kafkajs without any state, and the floor. */
export async function benchEndToEnd({ stack, rounds }: StackBench): Promise<void> {
  const servers = { mongod: stack.servers.mongodb?.pid, kafka: stack.servers.kafka?.pid }
  const inPlace = <T>(work: (place: Place) => Promise<T>) => withPlace(stack.addresses, work)
  await inPlace((place) =>
    inPlace((other) =>
      inPlace(async (third) => {
        const all = [await ours(place, servers), await bare(other, servers), await floor(third, servers)] as const
        const [accepted, reference, least] = all.map(({ round }) => round)
        tell(await inTurns({ ours: accepted!, reference: reference!, floor: least! }, rounds))
        await stopAll(all.flatMap((side) => side.roles))
      }),
    ),
  )
}

interface Side {
  roles: Role[]
  round: () => Promise<Costed>
}

/** `accepting` take the load, and the last of `handling` counts what was handled. */
function side(accepting: Role[], handling: Role, pids: Pids, load: object = LOAD): Side {
  const handleAll = async () => {
    const counts = await Promise.all(accepting.map((role) => role.ask<number>('accept', load)))
    return untilHandled(
      handling,
      counts.reduce((a, b) => a + b),
    )
  }
  return { roles: [...new Set([...accepting, handling])], round: () => costed(pids, handleAll) }
}

async function ours(place: Place, servers: Servers): Promise<Side> {
  const producing = await Promise.all(REPLICAS.map((name) => roles.producing({ place, name, documents: KEYS })))
  for (const role of producing) await role.ask('relay')
  const consuming = await roles.consuming(place, 'projection')
  return side(producing, consuming, pidsOf(producing, consuming, servers))
}

async function floor(place: Place, servers: Servers): Promise<Side> {
  const keeping = await Promise.all(REPLICAS.map((name) => roles.keeping({ place, name, documents: KEYS })))
  await keeping[0]!.ask('relay')
  const showing = await roles.showing(place)
  return side(keeping, showing, pidsOf(keeping, showing, servers))
}

const pidsOf = ([first, second]: Role[], projecting: Role, servers: Servers): Pids => ({
  'saves and relay': first!.pid,
  saves: second!.pid,
  projection: projecting.pid,
  ...servers,
})

async function bare(place: Place, { kafka }: Servers): Promise<Side> {
  const [first, second] = await Promise.all(REPLICAS.map(() => roles.bare(place)))
  await first!.ask('consume')
  const pids = { 'produces and consumes': first!.pid, produces: second!.pid, kafka }
  return side([first!, second!], first!, pids, { ...LOAD, keys: KEYS })
}

function tell({ ours, reference, floor }: Record<'ours' | 'reference' | 'floor', Costed[]>): void {
  const title = `Accepted to handler done, ${PER_SECOND} events a second, two replicas`
  const accepted = 'save, relay, Kafka, projection'
  reportCosts(title, { ours: accepted, reference: 'bare kafkajs, no state' }, { ours, reference })
  const least = 'the least with the same promises'
  reportCosts('The same beside its floor', { ours: accepted, reference: least }, { ours, reference: floor })
  for (const [name, rounds] of [[accepted, ours] as const, [least, floor] as const]) {
    const figures = { p50: of(rounds, ({ p50 }) => p50), p99: of(rounds, ({ p99 }) => p99), ...costOf(rounds) }
    const told = (Object.keys(GOALS) as (keyof typeof GOALS)[]).map((goal) => against(goal, figures[goal]))
    console.log(`  ${name.padEnd(34)} ${told.join('; ')}`)
  }
}

const of = (rounds: Costed[], pick: (round: Costed) => number) => median(rounds.map(pick))

/** Cores of all processes at this rate, and ms of mongod for an event. */
function costOf(rounds: Costed[]) {
  const all = of(rounds, ({ cpuOf }) => Object.values(cpuOf).reduce((sum, ms) => sum + ms, 0))
  return { cores: (all * PER_SECOND) / 1000, mongod: of(rounds, ({ cpuOf }) => cpuOf['mongod'] ?? Number.NaN) }
}

const against = (goal: keyof typeof GOALS, figure: number) =>
  `${goal} ${figure.toFixed(2)}, goal ≤ ${GOALS[goal]}: ${figure <= GOALS[goal] ? 'met' : 'not met'}`
