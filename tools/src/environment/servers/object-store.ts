import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { objectStoreArtifact } from '../artifacts/object-store.js'
import { OBJECT_STORE_KEYS } from './addresses.js'
import { freePorts } from './ports.js'
import type { Server } from './server.js'

const RIGHTS = ['Admin', 'Read', 'Write', 'List', 'Tagging']
const identities = [{ name: 'mpics', credentials: [OBJECT_STORE_KEYS], actions: RIGHTS }]

const PARTS = ['master.port', 'master.port.grpc', 'volume.port', 'volume.port.grpc', 'filer.port', 'filer.port.grpc']

/** Its only master elects itself: with its other Raft, and its usual patience, that may last a minute after a kill. */
const ALONE = ['-master.raftHashicorp', '-master.electionTimeout=1s', '-master.telemetry=false', '-s3.iam=false']
/** Their ports are the same for every store of a machine, and nobody needs them. */
const CATALOGUES = ['-s3.port.iceberg=0', '-s3.port.lance=0']
/** Many small volumes: each bucket has some of its own. */
const VOLUMES = ['-master.volumeSizeLimitMB=256', '-volume.max=2000']

export const objectStore: Server = {
  name: 's3',
  title: 'S3',
  variable: 'S3_ENDPOINT',
  ports: [{ variable: 'S3_PORT', usual: 7070, what: 'S3' }],
  artifact: objectStoreArtifact,
  process: async ({ content, data, ports: [port] }) => {
    const config = join(data, 's3.json')
    await writeFile(config, JSON.stringify({ identities }), { mode: 0o600 })
    const free = await freePorts(PARTS.length + 1)
    const parts = [...PARTS, 's3.port.grpc'].map((part, i) => `-${part}=${free[i]}`)
    const own = [`-dir=${data}`, '-ip=127.0.0.1', '-ip.bind=127.0.0.1', '-filer', '-s3', `-s3.port=${port}`]
    return {
      program: join(content, 'weed'),
      args: [
        '-logtostderr=true',
        'server',
        ...own,
        `-s3.config=${config}`,
        ...parts,
        ...ALONE,
        ...CATALOGUES,
        ...VOLUMES,
      ],
      ready: () => takesObjects(`http://127.0.0.1:${port}`, `http://127.0.0.1:${free[0]}`),
      // it does not end by SIGTERM, and loses nothing by SIGKILL
      stopTimeoutMs: 500,
    }
  },
  addresses: ([port]) => ({ s3Endpoint: `http://127.0.0.1:${port}` }),
  answers: async (endpoint) => (await fetch(endpoint)).status < 500,
}

/** Its S3 port is up long before its master leads and has a volume to write to. */
async function takesObjects(s3: string, master: string): Promise<boolean> {
  if (!(await fetch(`${s3}/healthz`)).ok) return false
  return 'fid' in ((await (await fetch(`${master}/dir/assign`)).json()) as object)
}
