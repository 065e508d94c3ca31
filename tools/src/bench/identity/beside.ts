import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { bareArgon2 } from '../cost/jobs/log-in.js'
import { type Figures, isPossible, round } from '../cost/figures.js'
import { ratiosOf, row, spread } from '../cost/report-cost.js'
import type { Side } from '../cost/scene/job.js'
import type { Scene } from '../cost/scene/scene.js'
import type { StackBench } from '../measuring/bench.js'
import { refuse } from '../measuring/cores.js'
import { inTurns } from '../measuring/measure.js'
import { PocketBase } from '../references/pocketbase.js'
import { Keycloak } from './keycloak.js'
import { knownLogIns, LOG_IN_CALLERS } from './log-ins.js'
import type { Known } from './people.js'
import { PocketBaseLogIns } from './pocketbase.js'

/** Those of identity. */
const OURS = { memory: 19_456, iterations: 2, parallelism: 1 }
const COSTS = [8, 9, 10, 11, 12]
const CALIBRATION_MS = 2_000
const WARM_UP = 4

/** The log-in of other programs, as they come and where a guess at a password costs as much as here. */
export async function benchBeside(scene: Scene, people: readonly Known[], bench: StackBench): Promise<void> {
  const folder = await mkdtemp(join(scene.folder, 'beside-'))
  const started: { stop: () => Promise<void> }[] = []
  const start = async <T extends { stop: () => Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const server = await starting
    started.push(server)
    return server
  }
  try {
    const pocketBase = new PocketBaseLogIns(await start(PocketBase.start(folder)))
    const keycloak = await start(Keycloak.start(folder, 'keycloak'))
    const keycloakEqual = await start(Keycloak.start(folder, 'keycloak-equal', OURS))
    const bare = await bareArgon2(scene)
    const sides: Record<string, Side> = {
      ours: knownLogIns(scene, people),
      bare,
      pocketBase: await pocketBase.logIns(),
      pocketBaseEqual: await pocketBase.logIns(await nearestCost(pocketBase, bare)),
      keycloak: await keycloak.logIns(),
      keycloakEqual: await keycloakEqual.logIns(),
    }
    await compare(sides, bench)
  } finally {
    await Promise.all(started.map((server) => server.stop()))
  }
}

/** bcrypt knows only powers of two. */
async function nearestCost(pocketBase: PocketBaseLogIns, bare: Side): Promise<number> {
  const { cpu } = await round(bare, { callers: 1, ms: CALIBRATION_MS })
  const one = await pocketBase.bareMs(0)
  const away = (cost: number) => Math.abs(Math.log((one * 2 ** cost) / cpu))
  const [nearest = 10] = [...COSTS].sort((a, b) => away(a) - away(b))
  const told = `bcrypt at cost ${nearest} takes ${(one * 2 ** nearest).toFixed(1)} ms of CPU`
  console.log(
    `\nequal cost: argon2id takes ${cpu.toFixed(1)} ms of CPU with its request, ${told}: the nearest that there is`,
  )
  return nearest
}

async function compare(sides: Record<string, Side>, { rounds, ms }: StackBench): Promise<void> {
  const roundOf = (side: Side) => (warmsUp: boolean) =>
    round(side, { callers: LOG_IN_CALLERS, ms: warmsUp ? WARM_UP * ms : ms })
  const programs = Object.fromEntries(Object.entries(sides).map(([name, side]) => [name, roundOf(side)]))
  const measured: Record<string, Figures[]> = await inTurns(programs, rounds)
  console.log(`\nlog-in beside others (${LOG_IN_CALLERS} callers, ${rounds} rounds)`)
  for (const [name, figures] of Object.entries(measured)) {
    console.log(`  ${row(sides[name]!.name, figures)}`)
    if (name === 'ours') continue
    const told = (['cpu', 'p50', 'rate'] as const).map(
      (figure) => `${figure} ${spread(ratiosOf(figure, measured['ours']!, figures))}`,
    )
    console.log(`    ours to it: ${told.join(', ')}`)
  }
  refuse(Object.keys(sides).filter((name) => !isPossible(measured[name]!)))
}
