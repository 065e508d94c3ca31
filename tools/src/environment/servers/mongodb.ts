import { join } from 'node:path'
import { closeMongo, connectMongo } from '@mpics/mongo'
import { mongodbArtifact } from '../artifacts/mongodb.js'
import type { Server } from './server.js'

const FLAGS = [
  ...['--bind_ip', '127.0.0.1', '--replSet', 'rs0', '--oplogSize', '128', '--wiredTigerCacheSizeGB', '0.25'],
  ...['--networkMessageCompressors', 'disabled', '--quiet'],
  ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
]
const TEST_FLAGS = [
  ...['--setParameter', 'ttlMonitorSleepSecs=1'],
  ...['--wiredTigerEngineConfigString', 'log=(file_max=10MB,prealloc=false)'],
]

/** A replica set of one: change streams and majority writes are real. */
export const mongodb: Server = {
  name: 'mongodb',
  title: 'MongoDB',
  variable: 'MONGODB_URI',
  ports: [{ variable: 'MONGODB_PORT', usual: 27018, what: 'MongoDB' }],
  artifact: mongodbArtifact,
  process: async ({ content, data, ports: [port], forTests }) => ({
    program: join(content, 'mongod'),
    args: ['--dbpath', data, '--port', String(port), ...FLAGS, ...(forTests ? TEST_FLAGS : [])],
    ready: () => isPrimary(port!),
  }),
  addresses: ([port]) => ({ mongodbUri: `mongodb://127.0.0.1:${port}/?replicaSet=rs0` }),
  answers: async (uri) => Boolean((await admin<{ setName?: string }>(uri, { hello: 1 })).setName),
}

interface Hello {
  isWritablePrimary: boolean
  me?: string
}
interface ReplicaSet {
  config: { version: number }
}

/** Asked until it is true; on the way a new set is founded, and one that was kept from another port is given the new one. */
async function isPrimary(port: number): Promise<boolean> {
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`
  const member = { _id: 0, host: `127.0.0.1:${port}` }
  const { isWritablePrimary, me } = await admin<Hello>(uri, { hello: 1 })
  if (isWritablePrimary && me === member.host) return true
  const current = await admin<ReplicaSet>(uri, { replSetGetConfig: 1 }).catch(() => null)
  const command = current
    ? { replSetReconfig: { ...current.config, version: current.config.version + 1, members: [member] }, force: true }
    : { replSetInitiate: { _id: 'rs0', members: [member] } }
  if (!current || me !== member.host) await admin(uri, command)
  return false
}

async function admin<T>(uri: string, command: Record<string, unknown>): Promise<T> {
  const connection = await connectMongo(uri, { poolSize: 1, selectionTimeoutMs: 1_000 })
  try {
    return (await connection.db!.admin().command(command)) as T
  } finally {
    await closeMongo(connection)
  }
}
