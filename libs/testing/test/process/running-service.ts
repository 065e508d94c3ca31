import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

const NODE = join(process.cwd(), '../../node_modules/.bin/node')

/** A service as a process of its own. */
export class RunningService {
  output = ''
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly operators: string,
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text: Buffer) => (this.output += text.toString()))
  }

  static async spawn(environment: Record<string, string>): Promise<RunningService> {
    const [http, ops] = [await freePort(), await freePort()]
    const child = fork(join(process.cwd(), 'test/process/main.mjs'), {
      execPath: NODE,
      execArgv: ['--import', '@mpics/service-kit/telemetry'],
      env: { ...environment, PATH: process.env['PATH']!, HTTP_PORT: String(http), OPS_PORT: String(ops) },
      silent: true,
    })
    return new RunningService(child, `http://127.0.0.1:${http}`, `http://127.0.0.1:${ops}`)
  }

  /** Status and body of a page of the operators' server. */
  async ask(path: string): Promise<[number, string]> {
    const response = await fetch(this.operators + path)
    return [response.status, await response.text()]
  }

  async message(): Promise<unknown> {
    return ((await once(this.child, 'message')) as unknown[])[0]
  }

  send(message: string): void {
    this.child.send(message)
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name)
  }

  /** Its exit code, or the signal that ended it. */
  async end(): Promise<number | string | null> {
    const { exitCode, signalCode } = this.child
    if (exitCode !== null || signalCode !== null) return exitCode ?? signalCode
    const [code, signal] = (await once(this.child, 'exit')) as [number | null, string | null]
    return code ?? signal
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
