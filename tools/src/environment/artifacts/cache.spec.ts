import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Artifact } from './artifact.js'
import { cached } from './cache.js'
import { contentsHash } from './contents.js'

describe('the cache of what is fetched', () => {
  let cache: string
  let fetches: number
  const said: string[] = []
  const artifact = (change: Partial<Artifact> = {}): Artifact => ({
    name: 'thing',
    version: '1',
    requires: [],
    instead: 'THING_URL',
    mend: 'Try again.',
    obtain: async (folder) => {
      fetches++
      await writeFile(join(folder, 'program'), 'whole')
    },
    confirm: async () => true,
    ...change,
  })
  const get = (change?: Partial<Artifact>) => cached(artifact(change), cache, (line) => said.push(line))

  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'mpics-cache-'))
    fetches = 0
    said.length = 0
  })
  afterEach(() => rmSync(cache, { recursive: true }))

  it('is filled once', async () => {
    const folder = await get()
    expect(await get()).toBe(folder)
    expect(fetches).toBe(1)
  })

  it('is mended when a file in it is damaged', async () => {
    const folder = await get()
    writeFileSync(join(folder, 'program'), 'whol')
    await get()
    expect(readFileSync(join(folder, 'program'), 'utf8')).toBe('whole')
    expect(said).toContain('damaged in the cache, fetching it again')
  })

  it('is mended when a file of what was made here is another one of the same size', async () => {
    const folder = await get()
    await rm(join(folder, 'program'))
    writeFileSync(join(folder, 'program'), 'hole!')
    await get()
    expect(readFileSync(join(folder, 'program'), 'utf8')).toBe('whole')
  })

  it('is not damaged by what Python compiles when it runs', async () => {
    const folder = await get()
    mkdirSync(join(folder, '__pycache__'))
    writeFileSync(join(folder, '__pycache__/program.pyc'), 'compiled')
    await get()
    expect(fetches).toBe(1)
  })

  it('never keeps half a download', async () => {
    const interrupted = get({
      obtain: async (folder) => {
        await writeFile(join(folder, 'program'), 'who')
        throw new Error('connection reset')
      },
    })
    await expect(interrupted).rejects.toThrow('thing 1 could not be fetched. Try again.\nconnection reset')
    expect(readdirSync(cache)).toEqual([])
  })

  it('sweeps up what a killed download had begun', async () => {
    mkdirSync(join(cache, '.fetching-4194399-abc'))
    await get()
    expect(existsSync(join(cache, '.fetching-4194399-abc'))).toBe(false)
  })

  it('refuses what is not what was pinned', async () => {
    await expect(get({ contents: 'another hash' })).rejects.toThrow(/is not what it should be \(sha256 .*Try again/)
    const pinned = await contentsHash(await get())
    expect(await get({ contents: pinned })).toMatch(/thing-1/)
  })

  it('gives two who ask at once the same', async () => {
    const [one, other] = await Promise.all([get(), get()])
    expect(one).toBe(other)
    expect(readFileSync(join(one, 'program'), 'utf8')).toBe('whole')
  })
})
