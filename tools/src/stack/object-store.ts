import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fetched, run } from './fetched.js'
import type { ServerOptions } from './server-options.js'
import { Supervised } from './supervised.js'

const MODULE = 'github.com/versity/versitygw/cmd/versitygw@v1.8.0'
export const OBJECT_STORE_KEYS = { accessKey: 'mpics', secretKey: 'mpics-local-secret' }

/** An S3 gateway over a folder, built from its source; Go's checksum database vouches for it. */
export const fetchObjectStore = (): Promise<string> =>
  fetched('versitygw-1.8.0', MODULE, async (folder) => {
    await run('go', ['install', MODULE], { env: { GOBIN: folder }, what: 'build the S3 gateway' })
  })

export async function startObjectStore({
  folder,
  port,
  say,
}: ServerOptions): Promise<{ process: Supervised; endpoint: string }> {
  const [objects, versions] = [join(folder, 's3/objects'), join(folder, 's3/versions')]
  for (const made of [objects, versions]) await mkdir(made, { recursive: true })
  const endpoint = `http://127.0.0.1:${port}`
  const process = new Supervised({
    name: 'S3',
    program: join(await fetchObjectStore(), 'versitygw'),
    args: [
      '--port',
      `127.0.0.1:${port}`,
      '--access',
      OBJECT_STORE_KEYS.accessKey,
      '--secret',
      OBJECT_STORE_KEYS.secretKey,
      '--region',
      'us-east-1',
      '--health',
      '/health',
      '--quiet',
      'posix',
      '--versioning-dir',
      versions,
      objects,
    ],
    env: globalThis.process.env,
    logFile: join(folder, 'logs/s3.log'),
    ready: async () => (await fetch(`${endpoint}/health`)).ok,
    say,
  })
  await process.start()
  return { process, endpoint }
}
