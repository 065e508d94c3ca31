import { execFile } from 'node:child_process'
import { join } from 'node:path'
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

let known: Promise<Record<Service, Variable[]>> | undefined

/** Read once a process: six services take their time to load. */
export const serviceVariables = (): Promise<Record<Service, Variable[]>> => (known ??= read())

async function read(): Promise<Record<Service, Variable[]>> {
  const files = serviceNames.map((name) => pathToFileURL(join(root, 'apps', name, 'dist/config.js')).href)
  const { stdout } = await promisify(execFile)(nodeProgram(), ['--input-type=module', '-e', SCRIPT, ...files], {
    cwd: root,
  }).catch((error: Error) => {
    throw new UserFacingError(
      `A service is not built as it should be. Run \`npm run build\` and try again.\n${error.message}`,
    )
  })
  const variables = JSON.parse(stdout) as Variable[][]
  return Object.fromEntries(serviceNames.map((name, i) => [name, variables[i]!])) as Record<Service, Variable[]>
}
