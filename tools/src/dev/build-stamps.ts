import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

interface Project {
  references?: { path: string }[]
}

/** A project's configuration and those that it is built from, each once. */
function projectsOf(file: string): string[] {
  const found = new Set([file])
  for (const project of found)
    for (const { path } of (JSON.parse(readFileSync(project, 'utf8')) as Project).references ?? [])
      found.add(join(dirname(project), path))
  return [...found]
}

const builtAt = (project: string): number =>
  statSync(join(dirname(project), 'dist/tsconfig.build.tsbuildinfo'), { throwIfNoEntry: false })?.mtimeMs ?? 0

/** Changes whenever the application, or a library that it uses, is built anew. */
export const buildStamp = (root: string, app: string): string =>
  projectsOf(join(root, 'apps', app, 'tsconfig.build.json'))
    .map(builtAt)
    .join()
