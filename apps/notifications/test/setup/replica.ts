import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'

const MAIN = join(__dirname, '../../dist/main.js')

/** The built service as a process of its own, which can be killed. */
export class Replica {
  private constructor(private readonly child: ChildProcess) {}

  /** `fault`: where it kills itself, as in `mail.afterSend:kill`. */
  static start(environment: Record<string, string>, fault = ''): Replica {
    if (!existsSync(MAIN)) throw new Error('The built service is needed: run `npx tsc -b tsconfig.build.json` first.')
    const env = { NODE_ENV: 'production', LOG_LEVEL: 'error', ...environment, FAULT: fault }
    return new Replica(spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'inherit', 'inherit'] }))
  }

  /** Resolves to the signal that ended it. */
  async ended(): Promise<string | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit')
    return this.child.signalCode
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.ended()
  }
}
