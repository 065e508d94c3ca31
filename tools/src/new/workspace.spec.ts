import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../environment/root.js'
import { Workspace } from './workspace.js'

const CONFIGURATION = '.oxfmtrc.json'

describe('what a generator writes', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mpics-new-'))
    cpSync(join(root, CONFIGURATION), join(folder, CONFIGURATION))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is formatted, but for files that are not', async () => {
    const workspace = new Workspace(folder)
    workspace.create('apps/tips/one.ts', 'export const one = "1";')
    workspace.create('package-lock.json', '{"lockfileVersion":3}')
    workspace.create('Dockerfile', 'FROM  scratch')
    expect(await workspace.save()).toHaveLength(3)
    const written = (path: string) => readFileSync(join(folder, path), 'utf8')
    expect(written('apps/tips/one.ts')).toBe("export const one = '1'\n")
    expect(written('package-lock.json')).toBe('{"lockfileVersion":3}')
    expect(written('Dockerfile')).toBe('FROM  scratch')
  })

  it('is nothing where a text cannot be formatted', async () => {
    const workspace = new Workspace(folder)
    workspace.create('one.ts', 'export const one = 1\n')
    workspace.create('two.ts', 'export const = 2\n')
    await expect(workspace.save()).rejects.toThrow('two.ts')
    expect(readdirSync(folder)).toEqual([CONFIGURATION])
  })
})
