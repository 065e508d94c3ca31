import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ClearError } from '../clear-error.js'
import { onEnd } from '../processes/on-end.js'
import { RunRecords } from '../processes/run-records.js'
import { Supervised } from '../processes/supervised.js'
import { root } from '../root.js'
import { missingHelpers } from '../start/missing-helpers.js'
import { FinishedRuns } from './finished-runs.js'
import { endJest, runJest } from './jest.js'
import { killPoints, titleOf } from './kill-points.js'
import { summary } from './summary.js'

const SEEDS = 20
const NAMED = 'the named faults, with long outages'

const { values } = parseArgs({
  options: {
    fresh: { type: 'boolean', default: false },
    only: { type: 'string' },
    seeds: { type: 'string', default: String(SEEDS) },
  },
})
const runs = new FinishedRuns(join(root, '.data/faults/runs.jsonl'))

async function end(code: number): Promise<void> {
  await endJest()
  await Supervised.stopAll('SIGKILL')
  await new RunRecords().endLeftovers()
  process.exit(code)
}
onEnd(
  () => end(1),
  () => process.exit(1),
)

/** One seed, as it failed; it is no part of the matrix. */
async function repeatOne(title: string, seed: number): Promise<boolean> {
  const point = killPoints.find((known) => titleOf(known) === title)
  if (!point) return runJest('faults', { SEED: String(seed), FAULTS: 'long' }, ['-t', title])
  return runJest('fault-matrix', { FAULTS_PLAN: JSON.stringify([{ ...point, seed }]) })
}

/** Those of one point that are still to be done, on one system. */
async function runPoint(title: string): Promise<void> {
  const point = killPoints.find((known) => titleOf(known) === title)!
  const missing = Math.max(0, Number(values.seeds) - runs.of(title).length)
  if (missing === 0) return console.log(`${title}: done before`)
  const plan = Array.from({ length: missing }, () => ({ ...point, seed: randomInt(1, 1_000_000) }))
  console.log(`${title}: ${missing} runs`)
  await runJest('fault-matrix', { FAULTS_PLAN: JSON.stringify(plan), FAULTS_RUNS: runs.file })
}

async function runNamed(): Promise<void> {
  if (runs.of(NAMED).some(({ ok }) => ok)) return console.log(`${NAMED}: done before`)
  const [began, seed] = [performance.now(), randomInt(1, 1_000_000)]
  console.log(NAMED)
  const ok = await runJest('faults', { FAULTS: 'long', SEED: String(seed) }, ['every-fault'])
  runs.add({ what: NAMED, seed, ok, seconds: Math.round((performance.now() - began) / 1000) })
}

try {
  const missing = await missingHelpers()
  if (missing) throw new ClearError(missing)
  if (values.fresh) runs.forget()
  const seed = process.env['SEED']
  if (values.only && seed) await end((await repeatOne(values.only, Number(seed))) ? 0 : 1)
  const wanted = killPoints.map(titleOf).filter((title) => title.includes(values.only ?? ''))
  if (!values.only) await runNamed()
  for (const title of wanted) await runPoint(title)
} catch (error) {
  console.error(error instanceof ClearError ? error.message : error)
  await end(1)
}
const all = runs.all()
console.log(`\n${summary(all)}`)
await end(all.some(({ ok }) => !ok) ? 1 : 0)
