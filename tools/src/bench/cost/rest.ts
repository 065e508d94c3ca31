import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { topicsOf } from '@mpics/contracts/catalogue'
import { createTopics } from '@mpics/eventing'
import { serviceNames } from '../../environment/system/services.js'
import { startSystem, type System } from '../../environment/system/system.js'
import type { StackBench } from '../measuring/bench.js'
import { inTurns, median } from '../measuring/measure.js'
import { residentMegabytes, spent } from '../measuring/process-figures.js'
import { BareServer } from '../references/bare-server.js'

const WINDOW_MS = 20_000
/** The least program with what services load, which has joined its topics when it is ready. */
const LIBRARIES = 'the same libraries'
const GOALS = { cpu: 3, megabytes: 90, ready: 1.5 }

type BareServers = Record<'nest' | 'service', () => Promise<BareServer>>

/** What the six services take that have nothing to do, and how long each takes until it is ready. */
export async function benchRest({ stack, rounds }: StackBench): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mpics-rest-'))
  const prefix = `rest${Date.now()}-`
  await createTopics({ brokers: stack.addresses.kafkaBrokers.split(','), prefix })
  const system = await startSystem({ stack: stack.addresses, folder, prefix, freePorts: true })
  try {
    await delay(WINDOW_MS)
    const brokers = stack.addresses.kafkaBrokers.split(',')
    const topics = topicsOf('identity').map(({ name }) => prefix + name)
    const bare: BareServers = {
      nest: () => BareServer.start('bare-nest', { uri: uriOf(system) }),
      service: () => BareServer.start('bare-service', { uri: uriOf(system), brokers, topics }),
    }
    await shares(system, rounds)
    await memory(system, bare)
    await starts(system, rounds, bare)
  } finally {
    await system.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function shares({ services }: System, rounds: number): Promise<void> {
  const pids = Object.fromEntries(serviceNames.map((name) => [name, services[name].pid]))
  const windows: Record<string, number>[] = []
  for (let round = 0; round < rounds; round++) windows.push((await spent(pids, () => delay(WINDOW_MS)))[1])
  console.log(`\nAt rest, % of a core (${rounds} windows of ${WINDOW_MS / 1000} s)`)
  const share = (of: (window: Record<string, number>) => number) =>
    spread(windows.map((window) => (of(window) / WINDOW_MS) * 1e5))
  for (const name of serviceNames)
    row(
      name,
      share((window) => window[name]!),
    )
  const all = share((window) => Object.values(window).reduce((sum, seconds) => sum + seconds, 0))
  row('all six', `${all}, goal ≤ ${GOALS.cpu}`)
}

/** Each program has rested for as long when it is looked at. */
async function memory({ services }: System, { service }: BareServers): Promise<void> {
  const bare = [await BareServer.start('bare-node'), await service()]
  await delay(WINDOW_MS)
  const [least, libraries] = bare.map(({ pid }) => residentMegabytes(pid)) as [number, number]
  console.log(`\nMemory at rest, MB above bare Node, which takes ${least.toFixed(0)}; goal ≤ ${GOALS.megabytes} each`)
  for (const name of serviceNames) row(name, (residentMegabytes(services[name].pid!) - least).toFixed(0))
  row(LIBRARIES, (libraries - least).toFixed(0))
  for (const server of bare) server.stop()
}

async function starts({ services }: System, rounds: number, bare: BareServers): Promise<void> {
  const timed = (start: () => Promise<unknown>) => async () => {
    const began = performance.now()
    await start()
    return performance.now() - began
  }
  const reference = timed(async () => (await bare.nest()).stop())
  const compare = async (name: string, start: () => Promise<number>) => {
    const { ours, reference: nest } = await inTurns({ ours: start, reference }, rounds)
    const ratios = ours.map((ms, n) => ms / nest[n]!)
    row(name, `${spread(ours, 0)}, bare Nest ${spread(nest, 0)}: ${spread(ratios)} ×`)
  }
  console.log(
    `\nFrom start to ready, ms (${rounds} rounds); goal ≤ ${GOALS.ready} × bare Nest with Fastify and the driver`,
  )
  for (const name of serviceNames)
    await compare(name, async () => {
      await services[name].stop()
      return timed(() => services[name].start())()
    })
  await compare(
    LIBRARIES,
    timed(async () => (await bare.service()).stop()),
  )
}

const uriOf = ({ services }: System) => services.profiles.env['MONGODB_URI']

const row = (name: string, told: string) => console.log(`  ${name.padEnd(20)} ${told}`)

function spread(values: number[], digits = 2): string {
  const sorted = [...values].sort((a, b) => a - b)
  return `${median(sorted).toFixed(digits)} (${sorted[0]!.toFixed(digits)}–${sorted.at(-1)!.toFixed(digits)})`
}
