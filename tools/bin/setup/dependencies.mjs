import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly } from './run-quietly.mjs'

const stampOf = (root) => join(root, 'node_modules/.installed-lock')
const lockHash = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')

export function dependenciesAreCurrent(root) {
  const hash = lockHash(root)
  if (existsSync(stampOf(root)) && readFileSync(stampOf(root), 'utf8') === hash) return true
  if (!isInstalled(root)) return false
  writeFileSync(stampOf(root), hash)
  return true
}

/** Whoever ran `npm install` by hand has everything too: npm's own record of node_modules tells. */
function isInstalled(root) {
  const record = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(record)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const linked = Object.entries(wanted.packages).every(([path, { link }]) => !link || existsSync(join(root, path)))
  return linked && covers(JSON.parse(readFileSync(record, 'utf8')), wanted)
}

/** @public for its test */
export function covers(installed, wanted) {
  return Object.entries(wanted.packages).every(([path, { version, optional, link }]) => {
    if (!path.startsWith('node_modules/') || link) return true
    const found = installed.packages[path]
    return found ? found.version === version : Boolean(optional)
  })
}

export async function installDependencies(root) {
  await runQuietly('Installing the dependencies (npm ci)', 'npm', ['ci', '--no-progress'], { cwd: root })
  writeFileSync(stampOf(root), lockHash(root))
}
