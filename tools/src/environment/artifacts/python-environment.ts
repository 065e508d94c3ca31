import { createHash } from 'node:crypto'
import { lstat, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from '../cache-folder.js'
import { root } from '../root.js'
import { run } from '../run.js'
import type { Artifact } from './artifact.js'
import { cached } from './cache.js'
import type { Say } from './progress.js'
import { demand, PYTHON } from './requirements.js'

/** Checkov has a list of its own: it wants other versions of what the rest wants, too. */
type List = 'requirements' | 'checkov'

/** The folder with the programs of a list in tools/python, and with a `python` that has its packages. */
export async function pythonPrograms(say: Say = () => undefined, list: List = 'requirements'): Promise<string> {
  await demand(PYTHON, 'the Python environment of the tools')
  const file = join(root, 'tools/python', `${list}.txt`)
  return join(await cached(await pythonEnvironment(file), cacheFolder(), say), 'bin')
}

/** Its version stands for what is installed and for the interpreter that runs it. */
async function pythonEnvironment(list: string): Promise<Artifact> {
  const interpreter = await run('python3', ['-c', 'import sys; print(sys.executable, sys.version)'])
  const key = createHash('sha256')
    .update(INSTALL.join(' ') + KEEPING)
    .update(interpreter)
    .update(await readFile(list))
  return {
    name: 'python-environment',
    version: key.digest('hex').slice(0, 16),
    requires: [],
    mend: 'Check the connection to PyPI and try again.',
    obtain: (folder) => install(folder, list),
    confirm: isComplete,
  }
}

/** Python compiles what it imports, when it does; most of the packages' modules never are. */
const INSTALL = ['install', '-q', '--no-compile', '--require-hashes', '--only-binary', ':all:', '-r']

/** Read at each start: what was compiled is kept, even on a machine that is set up to keep none. */
const KEEPING = 'import sys; sys.dont_write_bytecode = False\n'

async function install(folder: string, list: string): Promise<void> {
  await run('python3', ['-m', 'venv', '--without-pip', folder])
  const bin = join(folder, 'bin')
  await pip(folder, [...INSTALL, list])
  const [python] = await readdir(join(folder, 'lib'))
  await writeFile(join(folder, 'lib', python!, 'site-packages/keep-compiled.pth'), KEEPING)
  for (const name of await readdir(bin)) await makeMovable(join(bin, name), bin)
}

const isComplete = (folder: string): Promise<boolean> =>
  pip(folder, ['check']).then(
    () => true,
    () => false,
  )

/** The system's own pip, so that the environment needs none. */
const pip = (folder: string, args: string[]): Promise<string> =>
  run('python3', ['-m', 'pip', '--python', join(folder, 'bin/python'), '--disable-pip-version-check', ...args])

/** Scripts name their interpreter by its path, and the cache moves the folder: let them look for it beside themselves. */
async function makeMovable(script: string, bin: string): Promise<void> {
  if (!(await lstat(script)).isFile()) return
  const [first, ...rest] = (await readFile(script, 'latin1')).split('\n')
  if (!first!.startsWith(`#!${bin}/python`)) return
  const polyglot = ['#!/bin/sh', `'''exec' "$(dirname "$(realpath "$0")")/python" "$0" "$@"`, `' '''`]
  await writeFile(script, [...polyglot, ...rest].join('\n'), 'latin1')
}
