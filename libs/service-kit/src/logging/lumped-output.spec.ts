import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { createLogger } from './logger.js'
import { lumpedOutput } from './lumped-output.js'

const NEVER_MS = 600_000

describe('lines in lumps', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-log-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  async function logTo(name: string, latestMs?: number) {
    const file = join(folder, name)
    const output = lumpedOutput(file, latestMs)
    await once(output, 'ready')
    const written = () => (readFileSync(file, 'utf8').match(/"msg":"\w+"/g) ?? []).length
    return { logger: createLogger('media', 'info', output), output, written }
  }

  it('wait for others, and a warning takes all with it', async () => {
    const { logger, output, written } = await logTo('waiting', NEVER_MS)
    for (const line of ['one', 'two', 'three']) {
      logger.info(line)
      await turn()
    }
    expect(written()).toBe(0)
    const drained = once(output, 'drain')
    logger.warn('four')
    await drained
    expect(written()).toBe(4)
    output.destroy()
  })

  it('go out within a moment', async () => {
    const { logger, output, written } = await logTo('soon')
    const drained = once(output, 'drain')
    logger.info('one')
    await drained
    expect(written()).toBe(1)
    output.destroy()
  })
})
