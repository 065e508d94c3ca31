import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { passingFolder } from './passing-folder.js'

describe('the folder of data that ends with its process', () => {
  const memory = mkdtempSync(join(tmpdir(), 'mpics-memory-'))
  const made: string[] = []
  const parentOf = async (place: string, enough: number) => {
    made.push(await passingFolder('mpics-passing', place, enough))
    return dirname(made.at(-1)!)
  }
  afterAll(() => [memory, ...made].forEach((folder) => rmSync(folder, { recursive: true, force: true })))

  it('is in memory where there is room, and else where the system has such folders', async () => {
    expect(await parentOf(memory, 1)).toBe(memory)
    expect(await parentOf(memory, Number.MAX_SAFE_INTEGER)).toBe(tmpdir())
    expect(await parentOf(join(memory, 'nowhere'), 1)).toBe(tmpdir())
  })

  it('takes the place of what killed processes left, and of nothing else', async () => {
    const noProcess = 2 ** 31 - 1
    const [left, others] = [`mpics-passing-${noProcess}-x`, `mpics-other-${noProcess}-x`].map((name) =>
      join(memory, name),
    )
    for (const folder of [left!, others!]) mkdirSync(folder)
    const [first] = made
    await parentOf(memory, 1)
    expect([left!, others!, first!].map((folder) => existsSync(folder))).toEqual([false, true, true])
  })
})
