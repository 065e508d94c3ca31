import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { KafkaAccess } from '@mpics/eventing'

const run = promisify(execFile)

/** A record as a third-party client sees it. */
export interface KafkaRecord {
  topic: string
  partition: number
  offset: number
  key: string | null
  headers: Record<string, string>
  payload: string | null
}

interface KcatRow {
  topic: string
  partition: number
  offset: number
  key: string | null
  headers?: string[]
  payload: string | null
}

const pairs = (flat: string[] = []) =>
  Object.fromEntries(flat.flatMap((name, i) => (i % 2 ? [] : [[name, flat[i + 1] ?? '']])))

/** As ours, with whatever mechanism the installed librdkafka can do. */
export interface KcatSecurity extends Pick<KafkaAccess, 'tls'> {
  sasl?: { mechanism: string; username: string; password: string }
}

/** Reads a whole topic with kcat, up to its end. */
export async function readTopic(brokers: string, topic: string, security: KcatSecurity = {}): Promise<KafkaRecord[]> {
  const stdout = await withConfiguration(security, (options) =>
    kcat([...options, '-b', brokers, '-C', '-t', topic, '-e', '-q', '-J', '-o', 'beginning']),
  )
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as KcatRow)
    .map(({ headers, ...row }) => ({ ...row, headers: pairs(headers) }))
}

async function kcat(args: string[]): Promise<string> {
  return (await run('kcat', args, { timeout: 60_000, maxBuffer: 1 << 29 })).stdout
}

/** The password in a file of ours for a moment, so that no process list shows it. */
async function withConfiguration<T>(security: KcatSecurity, work: (options: string[]) => Promise<T>): Promise<T> {
  if (!security.sasl && !security.tls) return work([])
  const folder = await mkdtemp(join(tmpdir(), 'mpics-kcat-'))
  try {
    const file = join(folder, 'kcat.conf')
    await writeFile(file, await configuration(security, folder), { mode: 0o600 })
    return await work(['-F', file])
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function configuration({ sasl, tls }: KcatSecurity, folder: string): Promise<string> {
  const lines = [`security.protocol=${sasl ? 'sasl_' : ''}${tls ? 'ssl' : 'plaintext'}`]
  if (sasl)
    lines.push(
      `sasl.mechanisms=${sasl.mechanism.toUpperCase()}`,
      `sasl.username=${sasl.username}`,
      `sasl.password=${sasl.password}`,
    )
  if (typeof tls === 'object') {
    const ca = join(folder, 'ca.pem')
    await writeFile(ca, String(tls.ca))
    lines.push(`ssl.ca.location=${ca}`)
  }
  return `${lines.join('\n')}\n`
}
