import { join } from 'node:path'
import { runQuietly } from './run-quietly.mjs'

const NEED_SERVERS = ['set-up', 'start', 'dev', 'servers', 'test', 'bench', 'faults', 'attacks']

export const needsServers = (command, args) => NEED_SERVERS.includes(command) && !args.includes('--only')

/** Fetches the servers beside the rest. What fails here a server that starts tries again, and says what is wrong. */
export async function fetchServers(root, node) {
  const sources = join(root, 'tools/bin/setup/typescript-sources.mjs')
  const program = join(root, 'tools/src/environment/artifacts/fetch-all.ts')
  const flags = ['--disable-warning=ExperimentalWarning', '--import', sources, program]
  await runQuietly('Fetching the servers', node, flags, { cwd: root }).catch(() => undefined)
}
