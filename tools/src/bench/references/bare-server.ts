import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../../environment/root.js'
import { NODE_FLAGS } from '../../environment/system/launch.js'

/** A reference that serves in a process of its own, with the flags that services have. */
export class BareServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** `name` is the file's, without `-server`. */
  static async start(name: string, settings: object = {}): Promise<BareServer> {
    const file = join(root, 'tools/dist/bench/references', `${name}-server.js`)
    const child = fork(file, [JSON.stringify(settings)], { execArgv: NODE_FLAGS })
    const [port] = (await Promise.race([once(child, 'message'), failure(child, name)])) as [string]
    return new BareServer(child, `http://127.0.0.1:${port}`)
  }

  get pid(): number {
    return this.child.pid!
  }

  stop(): void {
    if (this.child.connected) this.child.disconnect()
  }
}

async function failure(child: ChildProcess, name: string): Promise<never> {
  await once(child, 'exit')
  throw new Error(`the reference ${name} ended while it started`)
}
