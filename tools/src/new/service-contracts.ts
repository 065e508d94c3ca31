import { serviceNames, services } from '@mpics/contracts'
import { addEntry, addLine } from './insert.js'
import type { Workspace } from './workspace.js'

const SOURCE = 'libs/contracts/src'

/** An empty namespace in each entry, and the service in the list of services, called by the gateway. */
export function addContracts(workspace: Workspace, name: string): void {
  workspace.create(`${SOURCE}/${name}/events.ts`, 'export {}\n')
  workspace.create(`${SOURCE}/${name}/index.ts`, "export * from './events.js'\n")
  workspace.change(`${SOURCE}/define/services.ts`, (text) =>
    addEntry(peerOfGateway(text, name), 'export const services = {', `\n${name}: ${facts(name)},\n`),
  )
  addEntries(workspace, name)
}

const peerOfGateway = (text: string, name: string): string => {
  const [gateway] = /gateway: \{[^}]*\}[^}]*peers: \[/.exec(text) ?? []
  if (!gateway) throw new Error('the gateway has no peers there, so it cannot get one more.')
  return addEntry(text, gateway, `'${name}'`)
}

function facts(name: string): string {
  const next = (kind: 'http' | 'ops') => Math.max(...serviceNames.map((one) => services[one].ports[kind])) + 1
  return `{ about: 'What ${name} does', ports: { http: ${next('http')}, ops: ${next('ops')} }, peers: [], needs: ['database'] }`
}

function addEntries(workspace: Workspace, name: string): void {
  const namespace = (module: string) => (text: string) =>
    addLine(text, /^export \* as \w+ from /, () => `export * as ${name} from './${name}/${module}.js'`)
  workspace.change(`${SOURCE}/index.ts`, namespace('index'))
  workspace.change(`${SOURCE}/events.ts`, namespace('events'))
  workspace.change(`${SOURCE}/http.ts`, (text) =>
    addLine(
      addLine(
        text,
        /^import type \* as \w+Definitions /,
        () => `import type * as ${name}Definitions from './${name}/index.js'`,
      ),
      /^export const \w+ = typed</,
      () => `export const ${name} = typed<typeof ${name}Definitions>()(facts.${name})`,
    ),
  )
  // as `npm run generate` writes it; the tree must build before that can run
  workspace.change(`${SOURCE}/http/calls.generated.ts`, (text) =>
    text.replace('export const gateway = {', (gateway) => `export const ${name} = {\n} as const\n\n${gateway}`),
  )
}
