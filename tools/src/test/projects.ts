import { existsSync, globSync } from 'node:fs'
import { basename, join } from 'node:path'

export interface Project {
  name: string
  folder: string
  tests: 'unit' | 'integration'
  /** Relative to the folder. */
  files: string[]
}

/** Found by what is there, so that a new folder's tests are not forgotten. Libraries first: what breaks there breaks everywhere. */
export function projects(root: string, tests: Project['tests']): Project[] {
  const pattern = tests === 'unit' ? 'src/**/*.spec.ts' : 'test/**/*.int-spec.ts'
  return ['libs/*', 'apps/*', 'tools']
    .flatMap((folders) => globSync(folders, { cwd: root }).sort())
    .filter((folder) => existsSync(join(root, folder, 'jest.config.mjs')))
    .map((folder) => ({ folder, files: globSync(pattern, { cwd: join(root, folder) }).sort() }))
    .filter(({ files }) => files.length > 0)
    .map(({ folder, files }) => ({ name: basename(folder), folder, tests, files }))
}
