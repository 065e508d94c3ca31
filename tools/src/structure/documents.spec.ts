import { basename, dirname } from 'node:path'
import { anchorsIn, deadLinks, linksIn } from './links.js'
import { lineCount } from './measures.js'
import { filesOf, packageFolders, textOf } from './sources.js'

const written = filesOf(
  '{*.md,docs/**/*.md,{apps,libs}/*/README.md,{tools,e2e}/README.md,examples/**/*.md,deploy/**/*.md}',
)
const foldersOf = (source: string): string[] => [
  ...new Set(filesOf(`${source}/*/*.ts`).map((path) => basename(dirname(path)))),
]

describe('documents', () => {
  it('link to files and headings that are there', () => {
    const dead = written.flatMap((path) => deadLinks(path).map((link) => `${path}: ${link}`))
    expect(dead).toEqual([])
    expect(written.length).toBeGreaterThan(100)
  })

  it.each(packageFolders().filter((source) => source.endsWith('/src')))(
    'the README beside %s names its folders',
    (source) => {
      const readme = textOf(`${dirname(source)}/README.md`)
      expect(foldersOf(source).filter((folder) => !readme.includes(`\`${folder}\``))).toEqual([])
      expect(lineCount(readme)).toBeGreaterThanOrEqual(20)
    },
  )

  it('are read as GitHub reads them', () => {
    expect(linksIn('[a](b.md#c-d) `[no](x.md)` [out](https://example.org) ![p](p.jpg)')).toEqual(['b.md#c-d', 'p.jpg'])
    expect(anchorsIn('# What is *not* promised\n\n## `x` and [y](z.md): “so”\n')).toEqual([
      'what-is-not-promised',
      'x-and-y-so',
    ])
  })
})
