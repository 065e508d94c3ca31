import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const RENDITIONS = ['original', 'large', 'small', 'thumb'] as const
type RenditionName = (typeof RENDITIONS)[number]

const MEMORY = 1_536 * 1024 * 1024
const LATE_MS = 12_000

export interface Rendered {
  placeholder: string
  file: (name: RenditionName) => Promise<Buffer>
}

/** One process without our environment that takes one picture after the other, bounded in memory by the kernel and in time by us. */
export class Decoder {
  private readonly child: ChildProcess = fork(join(import.meta.dirname, 'decode.js'), [], {
    env: {},
    execPath: '/usr/bin/prlimit',
    execArgv: [`--data=${MEMORY}`, process.execPath, '--max-old-space-size=256'],
  })

  async during<T>(upload: Buffer, use: (rendered: Rendered) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), 'mpics-floor-'))
    try {
      await writeFile(join(folder, 'upload'), upload)
      const placeholder = await this.ask(folder)
      return await use({ placeholder, file: (name) => readFile(join(folder, name)) })
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  private async ask(folder: string): Promise<string> {
    const late = setTimeout(() => this.child.kill('SIGKILL'), LATE_MS)
    const done = new AbortController()
    try {
      this.child.send(folder)
      const ended = once(this.child, 'exit', done).then(() => Promise.reject(new Error('the decoding process ended')))
      const [placeholder] = (await Promise.race([once(this.child, 'message', done), ended])) as [string]
      return placeholder
    } finally {
      clearTimeout(late)
      done.abort()
    }
  }
}
