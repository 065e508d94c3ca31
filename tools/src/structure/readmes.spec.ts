import { basename, dirname } from 'node:path'
import { lineCount } from './measures.js'
import { filesOf, packageFolders, textOf } from './sources.js'

const foldersOf = (source: string): Set<string> =>
  new Set(filesOf(`${source}/*/*.ts`).map((path) => basename(dirname(path))))

describe('the README of each project', () => {
  it.each(packageFolders().filter((source) => source.endsWith('/src')))('names the folders of %s', (source) => {
    const readme = textOf(`${dirname(source)}/README.md`)
    expect([...foldersOf(source)].filter((folder) => !readme.includes(`\`${folder}\``))).toEqual([])
    expect(lineCount(readme)).toBeGreaterThanOrEqual(20)
  })
})
