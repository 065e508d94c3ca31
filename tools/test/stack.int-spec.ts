import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeMongo, connectMongo } from '@mpics/mongo'
import { identify, isRunning, type ProcessIdentity } from '../src/environment/processes/process-identity.js'
import { nodeProgram, root } from '../src/environment/root.js'
import { accepts, freePort } from '../src/environment/servers/ports.js'
import { startStack, type Stack, type StackOptions } from '../src/environment/servers/stack.js'
import { eventually } from '@mpics/testing/eventually'

const folder = mkdtempSync(join(tmpdir(), 'mpics-stack-'))
// other starts beside this one would end what the killed supervisor left
process.env['MPICS_RUN'] = join(folder, 'run')
const { MONGODB_URI: _m, KAFKA_BROKERS: _k, S3_ENDPOINT: _s, SMTP_URL: _u, ...env } = process.env
const said: string[] = []
const start = (change: Partial<StackOptions> = {}) =>
  startStack({ folder, forTests: true, env, say: (line) => said.push(line), ...change })
const identities = (stack: Stack): ProcessIdentity[] => Object.values(stack.servers).map((s) => identify(s.pid!)!)

/** A supervisor of its own that can be killed; it prints a line with the pids when all is up. */
async function startElsewhere(): Promise<{ supervisor: ChildProcess; pids: number[] }> {
  const script = `const { startStack } = await import(${JSON.stringify(join(root, 'tools/dist/environment/servers/stack.js'))})
    const { servers } = await startStack({ folder: ${JSON.stringify(folder)}, forTests: true })
    console.log(JSON.stringify(Object.values(servers).map((s) => s.pid)))`
  const supervisor = spawn(nodeProgram(), ['--input-type=module', '-e', script], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await new Promise<string>((resolve) => supervisor.stdout.once('data', (data) => resolve(String(data))))
  return { supervisor, pids: JSON.parse(line) as number[] }
}

async function write(uri: string): Promise<void> {
  const connection = await connectMongo(uri.replace('/?', '/stack?'))
  await connection.collection('kept').insertOne({ kept: true })
  await closeMongo(connection)
}

async function read(uri: string): Promise<number> {
  const connection = await connectMongo(uri.replace('/?', '/stack?'))
  const count = await connection.collection('kept').countDocuments()
  await closeMongo(connection)
  return count
}

jest.setTimeout(240_000)

describe('the local servers', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('come back after a death with what they had, and leave nothing behind', async () => {
    const stack = await start()
    const { mongodbUri, mailApi } = stack.addresses
    await write(mongodbUri)
    const before = stack.servers.mongodb!.pid
    stack.servers.mongodb!.kill('SIGKILL')
    await eventually('MongoDB to be back', async () => said.includes('MongoDB is back'))
    expect(said[0]).toBe('MongoDB died (SIGKILL); it is started again in 0.5 s')
    expect(stack.servers.mongodb!.pid).not.toBe(before)
    expect(await read(mongodbUri)).toBe(1)

    const processes = identities(stack)
    expect(processes).toHaveLength(4)
    await stack.stop()
    expect(processes.filter(isRunning)).toEqual([])
    expect(await accepts('127.0.0.1', Number(new URL(mailApi!).port))).toBe(false)
  })

  it('keep their data on other ports; what a killed supervisor left is ended by the next start, and only then', async () => {
    const { supervisor, pids } = await startElsewhere()
    const left = pids.map((pid) => identify(pid)!)
    await expect(start()).rejects.toThrow(`already running from this folder, as process ${supervisor.pid}`)
    expect(left.every(isRunning)).toBe(true)

    supervisor.kill('SIGKILL')
    await eventually('its death', async () => supervisor.signalCode)
    const stack = await start()
    expect(left.filter(isRunning)).toEqual([])
    expect(said.at(-1)).toMatch(/^ended what an earlier start had left behind: .*MongoDB/)
    expect(await read(stack.addresses.mongodbUri)).toBe(1)
    await stack.stop()
  })

  it('say in one sentence that a port is in use, or that nobody answers where they should attach', async () => {
    const taken = await freePort()
    const stranger = createServer().listen(taken, '127.0.0.1')
    const usual = { forTests: false, env: { ...env, MONGODB_PORT: String(taken) } }
    await expect(start(usual)).rejects.toThrow(
      `Port ${taken} for MongoDB is in use. Stop what listens there, or choose another one: MONGODB_PORT=${taken + 100} npm start`,
    )
    stranger.close()
    await expect(start({ env: { ...env, SMTP_URL: `smtp://127.0.0.1:${await freePort()}` } })).rejects.toThrow(
      'SMTP_URL is set, but no mail sink answers there',
    )
  })
})
