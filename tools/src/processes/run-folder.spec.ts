import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identify, isRunning } from './process-identity.js'
import { RunFolder } from './run-folder.js'

describe('what a killed supervisor left behind', () => {
  const path = mkdtempSync(join(tmpdir(), 'mpics-run-'))
  const children: number[] = []
  const child = () => {
    const { pid } = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
    children.push(pid!)
    return pid!
  }
  afterAll(() => {
    for (const pid of children) if (identify(pid)) process.kill(pid, 'SIGKILL')
    rmSync(path, { recursive: true })
  })

  it('is ended at the next start, and a stranger who has got a recorded pid is not', async () => {
    const folder = new RunFolder(path)
    const [left, stranger] = [child(), child()]
    folder.record('mongodb', left)
    folder.record('kafka', stranger)
    const record = join(path, 'run/kafka.json')
    writeFileSync(record, readFileSync(record, 'utf8').replace(/"startedAt":"\d+"/, '"startedAt":"1"'))
    const identities = [identify(left)!, identify(stranger)!]

    expect(await new RunFolder(path).take()).toEqual(['mongodb'])
    expect(identities.map(isRunning)).toEqual([false, true])
  })

  it('is left alone while the supervisor lives', async () => {
    const folder = new RunFolder(path)
    folder.record('supervisor', child())
    await expect(folder.take()).rejects.toThrow(/already running here, as process \d+/)
  })
})
