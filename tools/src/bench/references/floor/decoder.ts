import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../../environment/root.js'
import { SIZES } from '../bare-sharp.js'

/** From its first byte to before its last. */
export type Span = [from: number, to: number]

type Said = { job: number } & (
  | { kept: Span[] }
  | { name: string; bytes: Uint8Array }
  | { placeholder: string }
  | { refused: true }
)
type Store = (name: string, bytes: Buffer) => Promise<unknown>

const MEMORY = 1_536 * 1024 * 1024
const LATE_MS = 12_000
const asBuffer = ({ buffer, byteOffset, length }: Uint8Array) => Buffer.from(buffer, byteOffset, length)

/** One process without our environment that takes one picture after the other, bounded in memory by the kernel and in time by us. */
export class Decoder {
  private child: ChildProcess | undefined
  private last: Promise<unknown> = Promise.resolve()
  private jobs = 0

  /** Stores each rendition when it is made. Resolves to the placeholder, or to nothing for what is no picture. */
  render(upload: Buffer, store: Store): Promise<string | undefined> {
    const rendered = this.last.then(() => this.ask(upload, store))
    this.last = rendered.catch(() => {})
    return rendered
  }

  private async ask(upload: Buffer, store: Store): Promise<string | undefined> {
    const [child, job] = [(this.child ??= this.start()), ++this.jobs]
    const kill = () => child.kill('SIGKILL')
    const late = setTimeout(kill, LATE_MS)
    const { promise, resolve, reject } = Promise.withResolvers<string | undefined>()
    const stored: Promise<unknown>[] = []
    const failed: unknown[] = []
    const keep = (name: string, bytes: Buffer) =>
      stored.push(store(name, bytes).catch((error: unknown) => failed.push(error)))
    const hear = (said: Said) => {
      if (said.job !== job) return
      if ('kept' in said) keep('original', Buffer.concat(said.kept.map(([from, to]) => upload.subarray(from, to))))
      else if (!('name' in said)) resolve('placeholder' in said ? said.placeholder : undefined)
      else if (Object.hasOwn(SIZES, said.name)) keep(said.name, asBuffer(said.bytes))
      else kill()
    }
    const ended = () => reject(new Error('the decoding process ended'))
    child.on('message', hear).once('exit', ended)
    try {
      child.send({ job, upload }, (error) => error && kill())
      const placeholder = await promise
      await Promise.all(stored)
      if (failed.length > 0) throw failed[0]
      return placeholder
    } finally {
      clearTimeout(late)
      child.off('message', hear).off('exit', ended)
    }
  }

  private start(): ChildProcess {
    const child = fork(join(root, 'tools/dist/bench/references/floor/decode.js'), [], {
      env: {},
      serialization: 'advanced',
      execPath: '/usr/bin/prlimit',
      execArgv: [`--data=${MEMORY}`, process.execPath, '--max-old-space-size=256'],
    })
    // it ends with this process, and holds up no end of it
    child.unref()
    child.channel!.unref()
    return child.once('exit', () => (this.child = undefined))
  }
}
