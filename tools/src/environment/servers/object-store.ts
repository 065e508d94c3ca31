import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { OBJECT_STORE_KEYS } from './addresses.js'
import { versitygwArtifact } from '../artifacts/versitygw.js'
import type { Server } from './server.js'

/** An S3 gateway over a folder. */
export const objectStore: Server = {
  name: 's3',
  title: 'S3',
  variable: 'S3_ENDPOINT',
  ports: [{ variable: 'S3_PORT', usual: 7070, what: 'S3' }],
  artifact: versitygwArtifact,
  process: async ({ content, data, ports: [port] }) => {
    const [objects, versions] = [join(data, 'objects'), join(data, 'versions')]
    for (const folder of [objects, versions]) await mkdir(folder, { recursive: true })
    const { accessKey, secretKey } = OBJECT_STORE_KEYS
    const who = ['--access', accessKey, '--secret', secretKey, '--region', 'us-east-1']
    return {
      program: join(content, 'versitygw'),
      args: [
        ...['--port', `127.0.0.1:${port}`, ...who, '--health', '/health', '--quiet'],
        ...['posix', '--versioning-dir', versions, objects],
      ],
      ready: async () => (await fetch(`http://127.0.0.1:${port}/health`)).ok,
    }
  },
  addresses: ([port]) => ({ s3Endpoint: `http://127.0.0.1:${port}` }),
  answers: async (endpoint) => (await fetch(endpoint)).status < 500,
}
