import { basename } from 'node:path'
import { filesOf, textOf } from './sources.js'

describe('the index of decisions', () => {
  it('names each once, in order, and the next number', () => {
    const index = textOf('docs/adr/README.md')
    const files = filesOf('docs/adr/[0-9]*.md').map((path) => basename(path))
    const rows = [...index.matchAll(/^\| \[(\d+)\]\((\d{4}-[a-z0-9-]+\.md)\)/gm)]
    expect(rows.map(([, , file]) => file)).toEqual(files.toSorted())
    expect(rows.filter(([, number, file]) => Number(number) !== Number(file!.slice(0, 4)))).toEqual([])
    expect(index).toContain(`the next decision is ${1 + Number(files.toSorted().at(-1)!.slice(0, 4))}.`)
  })
})
