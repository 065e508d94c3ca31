import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserFacingError } from '../environment/user-facing-error.js'
import type { Shown } from './shown-lines.js'

export interface Run {
  endedAt: string
  shown: Shown[]
}

const fileIn = (root: string) => join(root, '.cache/promises.json')

export async function keepRun(root: string, run: Run): Promise<void> {
  await mkdir(dirname(fileIn(root)), { recursive: true })
  await writeFile(fileIn(root), JSON.stringify(run))
}

export async function lastRun(root: string): Promise<Run> {
  const text = await readFile(fileIn(root), 'utf8').catch(() => {
    throw new UserFacingError('No whole run is known in this checkout. Run npm test to its end first.')
  })
  return JSON.parse(text) as Run
}
