#!/usr/bin/env node
// Runs on whatever Node the system has and needs no package: does what set-up is still missing, then hands over.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from './setup/build.mjs'
import { dependenciesAreCurrent, installDependencies } from './setup/dependencies.mjs'
import { handOver } from './setup/hand-over.mjs'
import { alone } from './setup/lock.mjs'
import { pinnedNode } from './setup/pinned-node.mjs'
import { fetchServers, needsServers } from './setup/servers.mjs'
import { SetupError } from './setup/setup-error.mjs'

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..')
const [command, ...args] = process.argv.slice(2)

/** Side by side: the servers are fetched from their sources, by this Node or, where that runs no TypeScript, by the one that npm brings. */
async function setUp() {
  const wanted = needsServers(command, args)
  const early = wanted && process.features.typescript ? fetchServers(root, process.execPath) : undefined
  await installDependencies(root)
  const node = pinnedNode(root)
  await Promise.all([build(root, node), wanted && (early ?? fetchServers(root, node))])
}

try {
  await alone(join(root, '.cache/setup.lock'), async () => {
    if (!dependenciesAreCurrent(root)) await setUp()
    else await build(root, pinnedNode(root))
  })
  if (command !== 'set-up') start()
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

function start() {
  const dist = command === 'mpics' ? 'apps/mpics/dist' : `tools/dist/${command ?? ''}`
  const main = join(root, dist, 'main.js')
  if (!command || !existsSync(main))
    throw new SetupError(`There is no command '${command ?? ''}'. Try npm start, npm test or npm run tour.`)
  handOver(root, pinnedNode(root), [main, ...args])
}
