import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runNode } from '@mpics/testing'
import { root } from './root.js'

// npm test names its sections itself
const commands = globSync('tools/src/*/main.ts', { cwd: root }).filter((path) => !path.includes('/test/'))

describe('a command of npm run', () => {
  it('says what it does not know, and how it is called', async () => {
    const { code, err } = await runNode(join(root, 'tools/dist/new/main.js'), ['event', '--herd-by', 'media'])
    expect(err).toMatch(/^Unknown option '--herd-by'.*\nMake one of these:\n/)
    expect(code).toBe(2)
  })

  it('reads its words and options in the way of all', () => {
    expect(commands.length).toBeGreaterThan(9)
    expect(commands.filter((path) => !readFileSync(join(root, path), 'utf8').includes('commandLine('))).toEqual([])
  })
})
