import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { SIZES } from '../bare-sharp.js'

/** From its first byte to before its last. */
export type Span = [from: number, to: number]

type Said = { kept: Span[] } | { name: string; bytes: Uint8Array } | { placeholder: string } | { refused: true }
type Store = (name: string, bytes: Buffer) => Promise<unknown>

const MEMORY = 1_536 * 1024 * 1024
const LATE_MS = 12_000
const asBuffer = ({ buffer, byteOffset, length }: Uint8Array) => Buffer.from(buffer, byteOffset, length)

/** One process without our environment that takes one picture after the other, bounded in memory by the kernel and in time by us. */
export class Decoder {
  private child: ChildProcess | undefined
  private last: Promise<unknown> = Promise.resolve()

  /** Stores each rendition when it is made. Resolves to the placeholder, or to nothing for what is no picture. */
  render(upload: Buffer, store: Store): Promise<string | undefined> {
    const rendered = this.last.then(() => this.ask(upload, store))
    this.last = rendered.catch(() => {})
    return rendered
  }

  private async ask(upload: Buffer, store: Store): Promise<string | undefined> {
    const child = (this.child ??= this.start())
    const late = setTimeout(() => child.kill('SIGKILL'), LATE_MS)
    const { promise, resolve, reject } = Promise.withResolvers<string | undefined>()
    const stored: Promise<unknown>[] = []
    const keep = (name: string, bytes: Buffer) => stored.push(store(name, bytes).catch(reject))
    const hear = (said: Said) => {
      if ('kept' in said) keep('original', Buffer.concat(said.kept.map(([from, to]) => upload.subarray(from, to))))
      else if ('name' in said) keep(nameOf(said.name), asBuffer(said.bytes))
      else resolve('placeholder' in said ? said.placeholder : undefined)
    }
    const ended = () => reject(new Error('the decoding process ended'))
    child.on('message', hear).once('exit', ended)
    try {
      child.send({ upload }, (error) => error && ended())
      const placeholder = await promise
      await Promise.all(stored)
      return placeholder
    } finally {
      clearTimeout(late)
      child.off('message', hear).off('exit', ended)
    }
  }

  private start(): ChildProcess {
    const child = fork(join(import.meta.dirname, 'decode.js'), [], {
      env: {},
      serialization: 'advanced',
      execPath: '/usr/bin/prlimit',
      execArgv: [`--data=${MEMORY}`, process.execPath, '--max-old-space-size=256'],
    })
    return child.once('exit', () => (this.child = undefined))
  }
}

function nameOf(name: string): string {
  if (!Object.hasOwn(SIZES, name)) throw new Error('a rendition of another name')
  return name
}
