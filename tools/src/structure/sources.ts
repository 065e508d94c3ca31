import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../environment/root.js'

const OTHERS = /(^|\/)(node_modules|dist|out-tsc|coverage)\//

/** Paths from the root of the workspace. */
export const filesOf = (pattern: string): string[] =>
  globSync(pattern, { cwd: root, exclude: (name) => name === 'node_modules' || name === 'dist' || name === 'out-tsc' })
    .filter((path) => !OTHERS.test(path))
    .sort()

/** Each app and library, the tools and the tests of the whole system: what has floors of its own. */
export const packageFolders = (): string[] => [...filesOf('{apps,libs}/*/src'), 'tools/src', 'e2e']

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')

export const isTest = (path: string): boolean => /\.(spec|int-spec|e2e-spec)\.ts$/.test(path)
