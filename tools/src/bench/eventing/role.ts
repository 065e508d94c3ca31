import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../../environment/root.js'
import { NODE_FLAGS } from '../../environment/system/launch.js'

interface Reply {
  id: number
  result?: unknown
  error?: string
}

/** A part of a measurement in a process of its own, so that its CPU and memory can be told apart. */
export class Role {
  private readonly waiting = new Map<number, (reply: Reply) => void>()
  private asked = 0

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (reply: Reply) => this.waiting.get(reply.id)?.(reply))
    child.once('exit', () => {
      for (const [id, answer] of this.waiting) answer({ id, error: 'the process has ended' })
    })
  }

  /** `file` is relative to this folder, as it is compiled. */
  static async start(file: string, settings: object): Promise<Role> {
    const child = fork(join(root, 'tools/dist/bench/eventing', `${file}.js`), [JSON.stringify(settings)], {
      execArgv: [...NODE_FLAGS, ...(process.env['BENCH_NODE_FLAGS']?.split(' ') ?? [])],
    })
    await Promise.race([once(child, 'message'), failure(child, file)])
    return new Role(child)
  }

  get pid(): number {
    return this.child.pid!
  }

  async ask<T = void>(command: string, argument?: unknown): Promise<T> {
    const id = ++this.asked
    const reply = await new Promise<Reply>((resolve) => {
      this.waiting.set(id, resolve)
      this.child.send({ id, command, argument }, (error) => error && resolve({ id, error: error.message }))
    })
    this.waiting.delete(id)
    if (reply.error) throw new Error(reply.error)
    return reply.result as T
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal)
  }

  /** As the role ends itself; at once where it knows no such command. */
  async stop(): Promise<void> {
    const gone = once(this.child, 'exit')
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    await this.ask('stop').catch(() => undefined)
    if (this.child.connected) this.child.disconnect()
    await gone
  }
}

async function failure(child: ChildProcess, file: string): Promise<never> {
  await once(child, 'exit')
  throw new Error(`${file} ended while it started`)
}
