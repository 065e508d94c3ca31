import { execFile } from 'node:child_process'
import { copyFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { pythonPrograms } from '@mpics/tools/environment/artifacts/python-environment'
import { root } from '@mpics/tools/environment/root'

const run = promisify(execFile)
const here = join(root, 'e2e/clients')
const program = (name: string) => join(root, 'node_modules/.bin', name)

export interface Surroundings {
  gateway: string
  mailApi: string
  folder: string
}

const variables = ({ gateway, mailApi }: Surroundings): NodeJS.ProcessEnv => ({
  ...process.env,
  GATEWAY: gateway,
  MAIL_API: mailApi,
  PICTURE: join(root, 'tools/photographs/rocket.jpg'),
})

export interface Walked {
  photographer: string
  photo: string
}

/** The warnings of openapi-python-client: what of the document it left out. */
export async function makePythonClient({ gateway, folder }: Surroundings): Promise<string> {
  const bin = await pythonPrograms()
  const settings = join(folder, 'settings.json')
  await writeFile(settings, JSON.stringify({ post_hooks: [], package_name_override: 'mpics_api' }))
  const { stdout, stderr } = await run(join(bin, 'openapi-python-client'), [
    ...['generate', '--url', `${gateway}/openapi.json`, '--meta', 'none', '--overwrite'],
    ...['--output-path', join(folder, 'mpics_api'), '--config', settings],
  ])
  return `${stdout}${stderr}`
    .split('\n')
    .filter((line) => line && !line.startsWith('Generating '))
    .join('\n')
}

export async function walkInPython(surroundings: Surroundings): Promise<Walked> {
  const env = { ...variables(surroundings), PYTHONPATH: surroundings.folder }
  const { stdout } = await run(join(await pythonPrograms(), 'python'), [join(here, 'python/tour.py')], { env })
  return JSON.parse(stdout) as Walked
}

/** Generates the types, and lets the compiler judge the tour by them. */
export async function makeTypeScriptClient({ gateway, folder }: Surroundings): Promise<void> {
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await copyFile(join(here, 'typescript/tour.ts'), join(folder, 'tour.ts'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await run(program('openapi-typescript'), [`${gateway}/openapi.json`, '--output', join(folder, 'api.d.ts')])
  await run(process.execPath, [join(root, 'node_modules/typescript-native/bin/tsc'), ...compilerOptions, 'tour.ts'], {
    cwd: folder,
  }).catch((error: Error & { stdout: string }) => {
    throw new Error(`The tour does not fit the types: ${error.stdout}`)
  })
}

const compilerOptions = [
  ...['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2024', '--module', 'nodenext', '--types', 'node'],
  ...['--exactOptionalPropertyTypes', 'false'],
]

export async function walkInTypeScript(surroundings: Surroundings): Promise<Walked> {
  const { stdout } = await run(process.execPath, ['tour.ts'], {
    cwd: surroundings.folder,
    env: variables(surroundings),
  })
  return JSON.parse(stdout) as Walked
}

interface ReadEvent {
  attributes: Record<string, string>
  data: unknown
}

/** What confluent-kafka makes of whole topics, whose schemas it asks the gateway for; it ends at the first value that is not as its schema says. */
export async function readWithRegistry(
  { gateway, brokers }: { gateway: string; brokers: string },
  topics: readonly string[],
): Promise<{ topic: string; value: unknown }[]> {
  const program = [join(here, 'python/read_with_registry.py'), ...topics]
  const env = { ...process.env, GATEWAY: gateway, KAFKA_BROKERS: brokers }
  const { stdout } = await run(join(await pythonPrograms(), 'python'), program, { env, maxBuffer: 1 << 28 })
  return linesOf(stdout) as { topic: string; value: unknown }[]
}

export async function readInPython(records: readonly object[]): Promise<ReadEvent[]> {
  const reading = run(join(await pythonPrograms(), 'python'), [join(here, 'python/read_events.py')], {
    maxBuffer: 1 << 28,
    cwd: dirname(here),
  })
  reading.child.stdin!.end(records.map((record) => `${JSON.stringify(record)}\n`).join(''))
  const { stdout } = await reading
  return linesOf(stdout) as ReadEvent[]
}

const linesOf = (output: string): unknown[] =>
  output
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line))
