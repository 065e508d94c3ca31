import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

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

/** Reads a whole topic with kcat, up to its end. */
export async function readTopic(brokers: string, topic: string): Promise<KafkaRecord[]> {
  const { stdout } = await run('kcat', ['-b', brokers, '-C', '-t', topic, '-e', '-q', '-J', '-o', 'beginning'], {
    timeout: 60_000,
    maxBuffer: 1 << 29,
  })
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as KcatRow)
    .map(({ headers, ...row }) => ({ ...row, headers: pairs(headers) }))
}
