import { commandLine } from '../environment/command-line.js'
import { UserFacingError } from '../environment/user-facing-error.js'
import { exitAfter } from '../environment/processes/exit.js'
import { root } from '../environment/root.js'
import { asEnvironment } from '../environment/servers/addresses.js'
import { startStack, type Stack } from '../environment/servers/stack.js'
import { missingHelpers } from '../environment/missing-helpers.js'
import { passingFolder } from '../environment/passing-folder.js'
import { complaint } from '../promises/compare.js'
import { keepRun } from '../promises/last-run.js'
import type { Shown } from '../promises/shown-lines.js'
import { progressLines } from '../environment/servers/progress-lines.js'
import { endRunningSteps, runStep } from './run-step.js'
import { sideBySide } from './side-by-side.js'
import { choose } from './choose.js'
import { coresBusy } from './cores.js'
import { sections, type Section, type Step } from './steps.js'
import { slowest, type TimedTest } from './slowest.js'
import { nothing, oneCheck, plus, formatSum } from './sum.js'

const { values, positionals } = commandLine(
  `npm test [-- --only <word> …]: all tests; or the steps, the files or the titles that have these words.
For example: npm test -- --only integration identity registration`,
  { options: { only: { type: 'string' } }, allowPositionals: process.argv.some((word) => word.startsWith('--only')) },
)
const words = values.only === undefined ? [] : [values.only, ...positionals]
const folder = await passingFolder('mpics-test')
let stack: Stack | undefined
let sum = nothing
const failures: string[] = []
const failed: string[] = []
const timed: TimedTest[] = []
const shown: Shown[] = []

const end = exitAfter(async () => {
  await endRunningSteps()
  await stack?.stop()
}, folder)

async function run(step: Step, env: NodeJS.ProcessEnv): Promise<void> {
  const result = await runStep(step, root, env, folder)
  sum = plus(sum, result.sum)
  timed.push(...result.tests)
  failed.push(...result.failed)
  shown.push(...result.shown)
  const counted = step.tests ? `${formatSum(result.sum)}, ` : ''
  const times = `${result.seconds.toFixed(0)} s, ${result.processorSeconds.toFixed(0)} s of processors`
  console.log(`${result.ok ? '✓' : '✗'} ${step.name} (${counted}${times})`)
  if (result.ok) return
  failures.push(step.name)
  console.log(result.output)
}

const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_ENV: 'test',
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  ...(stack && asEnvironment(stack.addresses)),
})

async function runSection(section: Section): Promise<void> {
  console.log(`\n${section.title}`)
  if (section.servers) stack ??= await startStack({ folder, forTests: true, progress: progressLines, say: console.log })
  const [began, busy] = [performance.now(), coresBusy()]
  await sideBySide(section.steps, section.concurrency, (step) => run(step, environment()))
  console.log(`${((performance.now() - began) / 1000).toFixed(0)} s, cores ${(100 * busy()).toFixed(0)} % busy`)
}

/** A run of a part shows only a part, and is not compared. */
async function comparePromises(): Promise<void> {
  await keepRun(root, { endedAt: new Date().toISOString(), shown })
  const wrong = await complaint(root, shown)
  sum = plus(sum, oneCheck(!wrong))
  console.log(`\n${wrong ? '✗' : '✓'} promises are told as this run showed them`)
  if (!wrong) return
  failures.push('promises')
  console.log(wrong)
}

try {
  const { sections: wanted, said } = choose(root, sections(root), words)
  if (said.length) console.log(`Chosen: ${said.join('; ')}`)
  const missing = wanted.some((section) => section.servers) && (await missingHelpers())
  if (missing) throw new UserFacingError(missing)
  for (const section of wanted) await runSection(section)
  if (!words.length) await comparePromises()
} catch (error) {
  console.error(error instanceof UserFacingError ? error.message : error)
  sum = plus(sum, oneCheck(false))
}
if (timed.length > 1) console.log(`\nThe slowest tests\n${slowest(timed, 10).join('\n')}`)
if (failed.length) console.log(`\nThe failed tests\n${failed.join('\n')}`)
if (failures.length) console.log(`\nFailed: ${failures.join(', ')}`)
console.log(`\n${formatSum(sum)}`)
await end(sum.failed ? 1 : 0)
