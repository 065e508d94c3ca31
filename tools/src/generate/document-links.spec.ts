import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../environment/root.js'
import { brokenLinks, documents } from './document-links.js'

describe('links in documents', () => {
  it('find a file or a heading that is not there, and nothing else', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mpics-links-'))
    try {
      writeFileSync(join(folder, 'b.md'), '# One, two\n')
      writeFileSync(
        join(folder, 'a.md'),
        '[fine](b.md#one-two) [file](c.md) [heading](b.md#three) [own](#four) [site](/docs) [web](https://e.example)\n```\n[x](y)\n```\n',
      )
      expect(brokenLinks(folder, 'a.md').map((line) => line.split(' ')[3])).toEqual(['c.md,', 'b.md#three,', '#four,'])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('all lead somewhere', () => {
    const all = documents(root)
    expect(all).toContain('README.md')
    expect(all.flatMap((document) => brokenLinks(root, document))).toEqual([])
  })
})
