import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('judge_contracts.py', import.meta.url))

/** The command line of datacontract, which is loaded once for all commands. */
export class ContractJudge {
  private readonly process: ChildProcessByStdio<Writable, Readable, null>
  private readonly answers: AsyncIterator<string>

  constructor(python: string, cwd: string) {
    const env = { ...process.env, COLUMNS: '200', DATACONTRACT_TELEMETRY: 'off' }
    this.process = spawn(python, [PROGRAM], { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] })
    this.answers = createInterface(this.process.stdout)[Symbol.asyncIterator]()
  }

  /** What it prints; where it finds something, it is told as a refusal. */
  async judge(...command: string[]): Promise<string> {
    this.process.stdin.write(`${JSON.stringify(command)}\n`)
    const { value, done } = await this.answers.next()
    if (done) throw new Error(`datacontract ended at: ${command.join(' ')}`)
    const { code, said } = JSON.parse(value) as { code: number; said: string }
    if (code !== 0) throw new Error(said)
    return said
  }

  end(): void {
    this.process.kill('SIGKILL')
  }
}
