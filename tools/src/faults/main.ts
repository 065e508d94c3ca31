import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { commandLine } from '../environment/command-line.js'
import { UserFacingError } from '../environment/user-facing-error.js'
import { exitAfter } from '../environment/processes/exit.js'
import { endJest, runJest } from '../environment/processes/jest.js'
import { root } from '../environment/root.js'
import { missingHelpers } from '../environment/missing-helpers.js'
import { FinishedRuns } from './finished-runs.js'
import { everyKillPoint, titleOf } from './kill-points.js'
import { lacking, NAMED, selected, wantedRuns } from './selection.js'
import { summary } from './summary.js'

const SEEDS = 20
const REPLAYED = 1_000_000

const { values, positionals } = commandLine(
  `npm run faults [-- replay] [--only <words of a title>] [--seeds <n>] [--fresh] [--views <n>]
Every kill point, each with so many seeds, or “replay” alone: recorded views are counted while analytics and Kafka die.`,
  {
    allowPositionals: true,
    options: {
      fresh: { type: 'boolean', default: false },
      only: { type: 'string' },
      seeds: { type: 'string', default: String(SEEDS) },
      views: { type: 'string', default: String(REPLAYED) },
    },
  },
)
const runs = new FinishedRuns(join(root, '.data/faults/runs.jsonl'))

const end = exitAfter(endJest)

const newSeed = () => randomInt(1, 1_000_000)

const runNamed = (seed: number) => runJest('faults', { FAULTS: 'long', SEED: String(seed) }, ['every-fault'])

/** One system, on which a process dies once for each seed. */
function runPoint(title: string, seeds: readonly number[], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
  const point = everyKillPoint.find((known) => titleOf(known) === title)
  return runJest('fault-matrix', { ...env, FAULTS_PLAN: JSON.stringify(seeds.map((seed) => ({ ...point, seed }))) })
}

/** As it failed once; it is no part of the matrix. */
const repeatOne = (title: string, seed: number) => (title === NAMED ? runNamed(seed) : runPoint(title, [seed]))

async function recordNamed(): Promise<boolean> {
  const [began, seed] = [performance.now(), newSeed()]
  const ok = await runNamed(seed)
  runs.add({ what: NAMED, seed, ok, seconds: Math.round((performance.now() - began) / 1000) })
  return ok
}

/** Does what is left of one title; tells what it lacks then. Tests that failed are no success, whatever was recorded. */
async function complete(title: string): Promise<string[]> {
  const wanted = wantedRuns(title, values.seeds)
  const missing = wanted - runs.of(title).length
  console.log(`${title}: ${missing > 0 ? `${missing} runs` : 'done before'}`)
  if (missing <= 0) return lacking(title, wanted, runs.all())
  const seeds = Array.from({ length: missing }, newSeed)
  const ok = await (title === NAMED ? recordNamed() : runPoint(title, seeds, { FAULTS_RUNS: runs.file }))
  return [...lacking(title, wanted, runs.all()), ...(ok ? [] : [`${title}: the tests failed`])]
}

/** `replay` alone: recorded views are counted while analytics and Kafka die. */
async function runReplay(): Promise<string[]> {
  if (!/^[1-9]\d{3,7}$/.test(values.views))
    throw new UserFacingError(`--views is a number from 1000 up to 99999999, not “${values.views}”.`)
  return (await runJest('faults', { REPLAY_VIEWS: values.views }, ['replay'])) ? [] : ['the replay failed']
}

/** Prints the failures. */
async function runAll(): Promise<string[]> {
  const missing = await missingHelpers()
  if (missing) throw new UserFacingError(missing)
  if (positionals.join() === 'replay') return runReplay()
  if (positionals.length > 0) throw new UserFacingError(`“${positionals.join(' ')}” is not known here; “replay” is.`)
  const titles = selected(values.only)
  const seed = process.env['SEED']
  const failures: string[] = []
  if (values.fresh && !seed) runs.forget()
  for (const title of titles)
    if (!seed) failures.push(...(await complete(title)))
    else if (!(await repeatOne(title, Number(seed)))) failures.push(`${title}: failed with SEED=${seed}`)
  if (!seed) console.log(`\n${summary(runs.all())}`)
  return failures
}

try {
  const failures = await runAll()
  for (const failure of failures) console.error(`✗ ${failure}`)
  await end(failures.length === 0 ? 0 : 1)
} catch (error) {
  console.error(error instanceof UserFacingError ? error.message : error)
  await end(1)
}
