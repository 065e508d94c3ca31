import { execFile } from 'node:child_process'
import { globSync, statSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { UserFacingError } from '../user-facing-error.js'
import { nodeProgram, root } from '../root.js'
import { serviceNames, type Service } from './services.js'

/** A variable of a service's configuration, as its class lists them. */
export interface Variable {
  name: string
  description?: string
  required: boolean
  secret: boolean
}

// Tools may not import apps, and a test runner would load them differently: a child reads the configuration classes of the
// built services, found by what they have.
const SCRIPT = `
const found = process.argv.slice(1).map(async (file) => {
  const exported = Object.values(await import(file))
  return exported.find((value) => Array.isArray(value?.variables)).variables
})
console.log(JSON.stringify(await Promise.all(found)))
`

const KEPT = join(root, '.cache/service-variables.json')

interface Kept {
  built: string
  variables: Variable[][]
}

let known: Promise<Record<Service, Variable[]>> | undefined

/** Read once a build: six services take their time to load. */
export const serviceVariables = (): Promise<Record<Service, Variable[]>> => (known ??= read())

async function read(): Promise<Record<Service, Variable[]>> {
  const built = buildTimes()
  const kept = await readFile(KEPT, 'utf8').then(
    (text) => JSON.parse(text) as Kept,
    () => undefined,
  )
  const variables = kept?.built === built ? kept.variables : await load()
  if (kept?.built !== built) await keep({ built, variables })
  return Object.fromEntries(serviceNames.map((name, i) => [name, variables[i]!])) as Record<Service, Variable[]>
}

/** Changes whenever a service, or a library, is built anew. */
function buildTimes(): string {
  const files = globSync('{apps,libs}/*/dist/tsconfig.build.tsbuildinfo', { cwd: root }).sort()
  return files.map((file) => `${file} ${statSync(join(root, file)).mtimeMs}`).join()
}

/** Whoever reads at the same time finds the former answer or this one, whole. */
async function keep(kept: Kept): Promise<void> {
  const own = `${KEPT}.${process.pid}`
  await mkdir(dirname(KEPT), { recursive: true })
  await writeFile(own, JSON.stringify(kept))
  await rename(own, KEPT)
}

async function load(): Promise<Variable[][]> {
  const files = serviceNames.map((name) => pathToFileURL(join(root, 'apps', name, 'dist/config.js')).href)
  const { stdout } = await promisify(execFile)(nodeProgram(), ['--input-type=module', '-e', SCRIPT, ...files], {
    cwd: root,
  }).catch((error: Error) => {
    throw new UserFacingError(
      `A service is not built as it should be. Run \`npm run build\` and try again.\n${error.message}`,
    )
  })
  return JSON.parse(stdout) as Variable[][]
}
