import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { endGroup } from '../environment/processes/process-group.js'
import { shownIn, type Shown } from '../promises/shown-lines.js'
import type { Step } from './steps.js'
import { failedTests } from './failed.js'
import { processorSeconds, timed } from './processor-time.js'
import { timedTests, type TimedTest } from './slowest.js'
import { filesNotRun, ofReport, oneCheck, type JestReport, type Sum } from './sum.js'

export interface StepResult {
  ok: boolean
  sum: Sum
  seconds: number
  processorSeconds: number
  tests: TimedTest[]
  failed: string[]
  shown: Shown[]
  output: string
}

const TIMEOUT_MS = 80 * 60_000
/** From a report to the end of its process: what a failed test left open keeps Jest alive for ever. */
const LINGERING_MS = 60_000
const LOOK_MS = 5_000
const running = new Set<number>()

/** Groups of their own, so that a step's helpers end with it. */
export const endRunningSteps = async (): Promise<void> => {
  await Promise.all([...running].map((leader) => endGroup(leader, 0)))
}

export async function runStep(step: Step, root: string, env: NodeJS.ProcessEnv, reports: string): Promise<StepResult> {
  const report = join(reports, `${step.name.replaceAll(/\W+/g, '-')}.json`)
  const began = performance.now()
  const { code, output, told } = await execute(step, step.tests ? report : undefined, root, env)
  const counted = step.tests ? await readFile(report, 'utf8').catch(() => undefined) : undefined
  const read = counted ? (JSON.parse(counted) as JestReport) : undefined
  const unrun = read ? filesNotRun(step.tests!.length, read) : 0
  const ok = code === 0 && unrun === 0
  return {
    ok,
    sum: read ? ofReport(read, ok) : oneCheck(ok),
    seconds: (performance.now() - began) / 1000,
    processorSeconds: processorSeconds(told),
    tests: read ? timedTests(step.name, read) : [],
    failed: read ? failedTests(step.name, root, read) : [],
    shown: shownIn(root, read?.testResults ?? []),
    output: unrun ? `${output}\n${unrun} of these files were not run: ${step.tests!.join(', ')}` : output,
  }
}

async function execute(
  { program, args, cwd = '' }: Step,
  report: string | undefined,
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; output: string; told: string }> {
  const reporting = report ? ['--json', `--outputFile=${report}`, '--silent'] : []
  const child = spawn(...timed(program, [...args, ...reporting]), {
    cwd: join(root, cwd),
    env: { ...env, PATH: [join(root, 'node_modules/.bin'), env['PATH']].join(delimiter) },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const [, out, err, times] = child.stdio as unknown as Readable[]
  const [output, told] = [chunksOf(out!, err!), chunksOf(times!)]
  if (child.pid) running.add(child.pid)
  const limit = new AbortController()
  void whyEnded(report, limit.signal).then(
    (why) => {
      output.push(Buffer.from(`\n${why}\n`))
      return endGroup(child.pid!, 0)
    },
    () => undefined,
  )
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      output.push(Buffer.from(error.message))
      resolve(null)
    })
    child.once('close', resolve)
  })
  limit.abort()
  if (child.pid) running.delete(child.pid)
  return { code, output: withoutReport(Buffer.concat(output).toString()), told: Buffer.concat(told).toString() }
}

function chunksOf(...streams: Readable[]): Buffer[] {
  const chunks: Buffer[] = []
  for (const stream of streams) stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  return chunks
}

/** Of a step that does not end by itself. */
async function whyEnded(report: string | undefined, signal: AbortSignal): Promise<string> {
  const began = performance.now()
  let reportedAt = Infinity
  for (;;) {
    await delay(LOOK_MS, undefined, { signal, ref: false })
    const now = performance.now()
    if (report && existsSync(report)) reportedAt = Math.min(reportedAt, now)
    if (now - reportedAt > LINGERING_MS) return 'ended a minute after its last test: a test left something open'
    if (now - began > TIMEOUT_MS) return `ended after ${TIMEOUT_MS / 60_000} minutes`
  }
}

/** Jest may print its JSON on standard output too. */
const withoutReport = (text: string) =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('{"numFailedTestSuites"'))
    .join('\n')
