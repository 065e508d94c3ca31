import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { ClearError } from '../clear-error.js'
import { startStack, type Stack } from '../stack/stack.js'
import { progressLines } from '../start/progress-lines.js'
import { missingHelpers } from '../start/missing-helpers.js'
import { steps, type Step } from './steps.js'

const root = join(import.meta.dirname, '../../..')
const only = process.argv.slice(process.argv.indexOf('--only') + 1)
const filter = process.argv.includes('--only') ? only : []

interface Sum {
  passed: number
  failed: number
  skipped: number
}
const sum: Sum = { passed: 0, failed: 0, skipped: 0 }
const failures: string[] = []

/** What Jest counted, or one check for a step that only succeeds or fails. */
async function count(step: Step, report: string, ok: boolean): Promise<void> {
  const text = step.jest ? await readFile(report, 'utf8').catch(() => undefined) : undefined
  if (!text) {
    sum[ok ? 'passed' : 'failed']++
    return
  }
  const result = JSON.parse(text) as {
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    numRuntimeErrorTestSuites: number
  }
  sum.passed += result.numPassedTests
  sum.failed += result.numFailedTests + result.numRuntimeErrorTestSuites
  sum.skipped += result.numPendingTests
  if (!ok && !result.numFailedTests && !result.numRuntimeErrorTestSuites) sum.failed++
}

async function runStep(step: Step, env: NodeJS.ProcessEnv, folder: string): Promise<void> {
  const report = join(folder, `${step.name.replaceAll(/\W+/g, '-')}.json`)
  const began = performance.now()
  const args = step.jest ? [...step.args, '--json', `--outputFile=${report}`, '--silent'] : step.args
  const { exitCode, all } = await execa(step.program, args, {
    cwd: join(root, step.cwd ?? ''),
    env,
    all: true,
    reject: false,
    preferLocal: true,
    localDir: root,
    maxBuffer: 1 << 28,
  })
  const ok = exitCode === 0
  console.log(`${ok ? '✓' : '✗'} ${step.name} (${((performance.now() - began) / 1000).toFixed(0)} s)`)
  if (!ok) {
    failures.push(step.name)
    console.log(withoutReport(all ?? ''))
  }
  await count(step, report, ok)
}

/** Jest prints its JSON on standard output too. */
const withoutReport = (text: string) =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('{"numFailedTestSuites"'))
    .join('\n')

const environmentOf = ({ addresses }: Stack): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_ENV: 'test',
  NX_DAEMON: 'false',
  MONGODB_URI: addresses.mongodbUri,
  KAFKA_BROKERS: addresses.kafkaBrokers,
  S3_ENDPOINT: addresses.s3Endpoint,
  S3_ACCESS_KEY: addresses.s3AccessKey,
  S3_SECRET_KEY: addresses.s3SecretKey,
  SMTP_URL: addresses.smtpUrl,
  MAIL_API: addresses.mailApi,
})

const folder = await mkdtemp(join(tmpdir(), 'mpics-test-'))
let stack: Stack | undefined
const end = async (code: number) => {
  await stack?.stop()
  await rm(folder, { recursive: true, force: true })
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(1))

try {
  const missing = await missingHelpers()
  if (missing) throw new ClearError(missing)
  const chosen = steps.filter((s) => filter.every((word) => s.name.includes(word)))
  if (!chosen.length)
    throw new ClearError(`No step is called “${filter.join(' ')}”. There are: ${steps.map((s) => s.name).join(', ')}`)
  if (chosen.some((s) => s.servers)) stack = await startStack({ folder, forTests: true, progress: progressLines })
  const env = stack ? environmentOf(stack) : process.env
  for (const step of chosen) await runStep(step, env, folder)
  if (failures.length) console.log(`\nFailed: ${failures.join(', ')}`)
  console.log(`\n${sum.passed} passed, ${sum.failed} failed${sum.skipped ? `, ${sum.skipped} skipped` : ''}`)
  await end(sum.failed ? 1 : 0)
} catch (error) {
  console.error(error instanceof ClearError ? error.message : error)
  console.log(`\n${sum.passed} passed, ${sum.failed + 1} failed`)
  await end(1)
}
