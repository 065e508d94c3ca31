import { posix } from 'node:path'
import { filesOf, isTest, textOf } from './sources.js'

type Folders = Map<string, Set<string>>

const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g

/** Which folder imports from which, in one package. The package's root stands on top: it imports all and nobody counts it. */
function foldersOf(source: string): Folders {
  const files = filesOf(`${source}/**/*.ts`).filter((file) => !isTest(file))
  const folders: Folders = new Map()
  for (const file of files) {
    const folder = posix.dirname(file)
    for (const [, specifier = ''] of textOf(file).matchAll(IMPORT)) {
      const target = posix.dirname(posix.join(folder, specifier))
      if ([folder, source].includes(target) || folder === source) continue
      folders.set(folder, (folders.get(folder) ?? new Set()).add(target))
    }
  }
  return folders
}

/** A way from a folder back to itself for each folder that has one: `a → b → a`. */
export function folderCircles(source: string): string[] {
  const folders = foldersOf(source)
  return [...folders.keys()].flatMap((folder) => wayBack(folder, folders) ?? [])
}

function wayBack(start: string, folders: Folders): string | undefined {
  const came = new Map<string, string>()
  const open = [start]
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const next of folders.get(at) ?? []) {
      if (next === start) return [...wayTo(at, start, came), start].join(' → ')
      if (!came.has(next)) open.push((came.set(next, at), next))
    }
  return undefined
}

function wayTo(end: string, start: string, came: Map<string, string>): string[] {
  const way = [end]
  for (let at = end; at !== start;) way.unshift((at = came.get(at)!))
  return way
}
