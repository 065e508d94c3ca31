import { type ChildProcess, spawn, fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gateway } from '@mpics/contracts'
import { createTopics } from '@mpics/eventing'
import { eventually } from '@mpics/testing/eventually'
import { cacheFolder } from '../src/environment/cache-folder.js'
import { isRunning, type ProcessIdentity } from '../src/environment/processes/process-identity.js'
import { nodeProgram, root } from '../src/environment/root.js'

const { MONGODB_URI: _m, KAFKA_BROKERS: brokers, S3_ENDPOINT: _s, SMTP_URL: _u, ...env } = process.env
const bench = (file: string) => join(root, 'tools/dist/bench', file)

interface Recorded {
  process: ProcessIdentity
  supervisor: ProcessIdentity
}

/** Others may take their records away meanwhile. */
function recorded(file: string): Recorded[] {
  try {
    return [JSON.parse(readFileSync(join(cacheFolder(), 'run', file), 'utf8')) as Recorded]
  } catch {
    return []
  }
}

const startedBy = (pid: number): ProcessIdentity[] =>
  readdirSync(join(cacheFolder(), 'run'))
    .flatMap(recorded)
    .filter(({ supervisor }) => supervisor.pid === pid)
    .map((record) => record.process)

const STARTED_MS = 240_000

describe('a measurement', () => {
  const servers: ChildProcess[] = []
  // one that is left would keep the run from its end
  afterEach(() => servers.splice(0).forEach((server) => server.kill('SIGKILL')))

  it('that is interrupted leaves no server behind', async () => {
    const measuring = spawn(nodeProgram(), [bench('main.js'), 'eventing/idle'], { env, stdio: 'ignore' })
    const ended = once(measuring, 'exit')
    const servers = await eventually(
      'its servers',
      async () => {
        const found = startedBy(measuring.pid!)
        return found.length >= 4 && found
      },
      STARTED_MS,
    )
    measuring.kill('SIGINT')
    expect(await ended).toEqual([1, null])
    expect(servers.filter(isRunning)).toEqual([])
    expect(startedBy(measuring.pid!)).toEqual([])
  }, 300_000)

  it('runs a bare reference that arms no timer with a point in time, and that ends with it', async () => {
    const prefix = `bench${Date.now()}-`
    await createTopics({ brokers: brokers!.split(','), prefix })
    const topic = `${prefix}${gateway.pageViewRecorded.topic.name}`
    const server = fork(bench('references/page-view-server.js'), [JSON.stringify({ brokers, topic })], {
      execPath: nodeProgram(),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    const gone = once(server, 'exit')
    servers.push(server)
    let said = ''
    server.stderr!.on('data', (text) => (said += String(text)))
    const [port] = (await once(server, 'message')) as [string]
    const url = `http://127.0.0.1:${port}/`
    const record = { key: '/', value: JSON.stringify(gateway.pageViewRecorded.example) }
    const body = JSON.stringify({ records: [record] })
    const headers = { 'content-type': 'application/json' }
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(202)
    server.disconnect()
    await gone
    expect(said).toBe('')
  })
})
