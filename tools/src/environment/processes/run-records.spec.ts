import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identify, isRunning } from './process-identity.js'
import { RunRecords } from './run-records.js'

describe('what a killed supervisor left behind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-run-'))
  const pids: number[] = []
  const child = () => {
    const { pid } = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
    pids.push(pid!)
    new RunRecords(folder).add('sleeper', pid!)
    return pid!
  }
  const rewrite = (pid: number, part: 'process' | 'supervisor') => {
    const file = join(folder, `${pid}.json`)
    const record = JSON.parse(readFileSync(file, 'utf8'))
    record[part].startedAt = '1'
    writeFileSync(file, JSON.stringify(record))
  }
  afterAll(() => {
    for (const pid of pids) if (identify(pid)) process.kill(pid, 'SIGKILL')
    rmSync(folder, { recursive: true })
  })

  it('is ended; a child of a living one, and a stranger with a recorded pid, are not', async () => {
    const [orphan, stranger, watched] = [child(), child(), child()]
    rewrite(orphan, 'supervisor')
    for (const part of ['process', 'supervisor'] as const) rewrite(stranger, part)
    const identities = [orphan, stranger, watched].map((pid) => identify(pid)!)

    expect(await new RunRecords(folder).endLeftovers()).toEqual(['sleeper'])
    expect(identities.map(isRunning)).toEqual([false, true, true])
  })
})
