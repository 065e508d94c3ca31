import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { pythonPrograms } from '@mpics/tools/environment/artifacts/python-environment'
import { schemathesisSettings } from '../hostile/schemathesis-settings.js'
import { SMALL_PICTURE } from '../scene/everyday.js'
import { attack, isLong, sized } from '../scene/report.js'
import { attackerAt, type Scene } from '../scene/scene.js'

const SEED = process.env['SEED'] ?? '1'
const WANTED = sized(2_000, 20_000)
const EXAMPLES = sized(6, 200)
/** `coverage` goes to the bounds of each schema, `fuzzing` rolls dice. In short, a stranger only rolls dice. */
const PHASES_OF_MEMBER = 'coverage,fuzzing'
const PHASES_OF_STRANGER = isLong ? PHASES_OF_MEMBER : 'fuzzing'
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
]
const SHOWN_OF_OUTPUT = 12_000

interface Verdict {
  test_cases: { generated: number }
  operations: { total: number; tested: number } | null
  failures: { title: string; count: number; operations: string[] }[]
  errors: { title: string; count: number }[]
  auth: { reauth_broke: boolean }
}

export function apiAttacks(scene: Scene): void {
  attack('api', 'every call of the OpenAPI document with made-up values, as a member and as a stranger', async () => {
    const member = await scene.member('fuzzer', scene.from(attackerAt(6)))
    const existing = { person: member.person, photoId: await member.upload(SMALL_PICTURE) }
    const verdicts = [
      await verdictOn(scene.url, schemathesisSettings(existing, true), PHASES_OF_MEMBER),
      await verdictOn(scene.url, schemathesisSettings(existing, false), PHASES_OF_STRANGER),
    ]
    const times = verdicts.reduce((sum, { test_cases }) => sum + test_cases.generated, 0)
    const through = [...verdicts.flatMap(sentencesOf), ...(await scene.openBreakers())]
    if (times < WANTED) through.push(`only ${times} requests were made, and ${WANTED} are wanted`)
    return { tried: `made-up requests with seed ${SEED}`, times, through }
  })
}

async function verdictOn(url: string, settings: string, phases: string): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'mpics-schemathesis-'))
  const [file, report] = [join(folder, 'settings.toml'), join(folder, 'report.json')]
  try {
    await writeFile(file, settings)
    const output = await schemathesis(folder, file, [
      ...['run', `${url}/openapi.json`, '--url', url, '--header', `X-Forwarded-For: ${attackerAt(6)}`],
      ...['--checks', CHECKS.join(','), '--phases', phases, '--max-examples', String(EXAMPLES), '--no-shrink'],
      ...['--seed', SEED, '--continue-on-failure', '--generation-database', 'none', '--report-json-path', report],
    ])
    const verdict = JSON.parse(await readFile(report, 'utf8')) as Verdict
    if (sentencesOf(verdict).length > 0) process.stdout.write(output.slice(-SHOWN_OF_OUTPUT))
    return verdict
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function schemathesis(cwd: string, settings: string, args: readonly string[]): Promise<string> {
  const program = join(await pythonPrograms(), 'schemathesis')
  return promisify(execFile)(program, ['--config-file', settings, '--no-color', ...args], {
    cwd,
    maxBuffer: 1 << 28,
  }).then(
    ({ stdout, stderr }) => stdout + stderr,
    (error: Error & { code?: unknown; stdout: string; stderr: string }) => {
      if (error.code === 1) return error.stdout + error.stderr
      throw new Error(`schemathesis could not run: ${error.stdout.slice(-SHOWN_OF_OUTPUT)}${error.stderr}`)
    },
  )
}

function sentencesOf({ operations, failures, errors, auth }: Verdict): string[] {
  const missed = operations ? operations.total - operations.tested : 0
  return [
    ...failures.map(({ title, count, operations: calls }) => `${title}, ${count} times: ${calls.join(', ')}`),
    ...errors.map(({ title, count }) => `${title}, ${count} times`),
    ...(missed > 0 || !operations ? [`${missed} calls were not tried`] : []),
    ...(auth.reauth_broke ? ['the member could not log in again'] : []),
  ]
}
