import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childrenOf } from './process-figures.js'

const procOf = () => {
  const proc = mkdtempSync(join(tmpdir(), 'mpics-proc-'))
  const thread = (id: number) => join(proc, `7/task/${id}`)
  for (const id of [7, 9]) {
    mkdirSync(thread(id), { recursive: true })
    writeFileSync(join(thread(id), 'children'), `${id}1 ${id}2 `)
  }
  return { proc, thread }
}

it('leaves out a thread that ends while its process is looked at', () => {
  const { proc, thread } = procOf()
  // listed, and not there any more
  symlinkSync(thread(10), thread(8))
  expect(childrenOf(7, proc)).toEqual([71, 72, 91, 92])
})

it('takes children that it cannot see for no thread that has ended', () => {
  const { proc, thread } = procOf()
  mkdirSync(thread(8))
  expect(() => childrenOf(7, proc)).toThrow('ENOENT')
})
