import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runNode } from '@mpics/testing'
import { root } from './root.js'

const commands = globSync('tools/src/*/main.ts', { cwd: root })

describe('a command of npm run', () => {
  it('says what it does not know, and how it is called', async () => {
    const { code, err } = await runNode(join(root, 'tools/dist/new/main.js'), ['event', '--herd-by', 'media'])
    expect(err).toMatch(/^Unknown option '--herd-by'.*\nMake one of these:\n/)
    expect(code).toBe(2)
  })

  it.each([['--onyl', 'tools'], ['--only'], ['tools']])('refuses to run all tests for %s', async (...words) => {
    const { code, out, err } = await runNode(join(root, 'tools/dist/test/main.js'), words)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('npm test [-- --only <word> …]')
  })

  it('reads its words and options in the way of all', () => {
    expect(commands.length).toBeGreaterThan(10)
    expect(commands.filter((path) => !readFileSync(join(root, path), 'utf8').includes('commandLine('))).toEqual([])
  })
})
