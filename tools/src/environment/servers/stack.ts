import { rm } from 'node:fs/promises'
import { releaseFolder, takeFolder } from '../processes/folder-lock.js'
import { RunRecords } from '../processes/run-records.js'
import type { Supervised } from '../processes/supervised.js'
import { configuredAddresses, type StackAddresses } from './addresses.js'
import { kafka } from './kafka.js'
import { mailSink } from './mail-sink.js'
import { mongodb } from './mongodb.js'
import { objectStore } from './object-store.js'
import { claimPort, freePorts } from './ports.js'
import { quietly, type Progress, type Say } from '../artifacts/progress.js'
import type { Server, ServerName } from './server.js'
import { attach, prepare } from './start-server.js'

export type { StackAddresses } from './addresses.js'
export type { ServerName } from './server.js'

export interface StackOptions {
  /** Data and logs; kept between starts. */
  folder: string
  /** Empty the data first. */
  fresh?: boolean
  /** Free ports instead of the usual ones, and settings that suit tests. */
  forTests?: boolean
  env?: NodeJS.ProcessEnv
  say?: Say
  progress?: Progress
}

export interface Stack {
  addresses: StackAddresses
  /** Only those that were started here. */
  servers: Partial<Record<ServerName, Supervised>>
  stop(): Promise<void>
}

const SERVERS: Server[] = [mongodb, kafka, objectStore, mailSink]

/** Brings up what is not configured; what is, is attached to and never started here. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const env = options.env ?? process.env
  await takeOver(options)
  const ending = new AbortController()
  const stack: Stack = {
    addresses: configuredAddresses(env),
    servers: {},
    async stop() {
      ending.abort(new Error('stopping'))
      await Promise.all(Object.values(stack.servers).map((server) => server.stop()))
      releaseFolder(options.folder)
    },
  }
  const start = async (server: Server, ports: number[], say: Say) => {
    const supervised = await prepare(server, ports, options, say)
    ending.signal.throwIfAborted()
    stack.servers[server.name] = supervised
    await supervised.start()
    Object.assign(stack.addresses, server.addresses(ports))
    return `ready on port ${ports.join(' and ')}`
  }
  try {
    await Promise.all(SERVERS.filter((s) => env[s.variable]).map((server) => attach(server, env[server.variable]!)))
    const ports = await choosePorts(options, env)
    const steps = SERVERS.map((server) => {
      const own = ports.get(server)
      const attached = `the one in ${server.variable}`
      return { title: server.title, run: async (say: Say) => (own ? start(server, own, say) : attached) }
    })
    await (options.progress ?? quietly)(steps)
  } catch (error) {
    await stack.stop()
    throw error
  }
  return stack
}

/** The servers of an earlier start that was killed still hold ports and data. */
async function takeOver({ folder, fresh, say }: StackOptions): Promise<void> {
  takeFolder(folder)
  const left = await new RunRecords().endLeftovers()
  if (left.length) say?.(`ended what an earlier start had left behind: ${left.join(', ')}`)
  if (!fresh) return
  await rm(folder, { recursive: true, force: true })
  takeFolder(folder)
}

/** Before anything is fetched, so that a port in use is told at once. */
async function choosePorts(options: StackOptions, env: NodeJS.ProcessEnv): Promise<Map<Server, number[]>> {
  const chosen = new Map<Server, number[]>()
  for (const server of SERVERS.filter(({ variable }) => !env[variable])) {
    const ports = options.forTests
      ? await freePorts(server.ports.length)
      : await Promise.all(server.ports.map(({ variable, usual, what }) => claimPort(variable, usual, what, env)))
    chosen.set(server, ports)
  }
  return chosen
}
