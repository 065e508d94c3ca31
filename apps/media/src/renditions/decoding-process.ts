import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decoderEnvironment } from '../config.js'
import type { Job, Outcome } from './render-job.js'

export interface Limits {
  seconds: number
  memoryMb: number
}

type Answer = { rss: number } & ({ outcome: Outcome } | { failure: string })

/** The process ended before it answered: by itself, by a limit or by a crash of a decoder. */
export class DecodingEndedError extends Error {
  constructor(how: string) {
    super(`the decoding process ended: ${how}`)
    this.name = 'DecodingEndedError'
  }
}

/** A process that a job left this large takes no other job. */
const LARGE_BYTES = 350 * 1024 * 1024
const program = fileURLToPath(new URL(`./decoder-program${extname(import.meta.url)}`, import.meta.url))

/** A child process that takes one job after the other. */
export class DecodingProcess {
  private readonly child: ChildProcess
  private rss = 0

  constructor(private readonly limits: Limits) {
    this.child = fork(program, [String(limits.memoryMb)], {
      env: decoderEnvironment(),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.child.on('error', () => this.end())
  }

  get usable(): boolean {
    return this.child.connected && this.rss < LARGE_BYTES
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  async renderPicture(job: Job): Promise<Outcome> {
    const done = new AbortController()
    const late = setTimeout(() => this.end(), this.limits.seconds * 1000)
    try {
      this.child.send(job)
      const answer = await Promise.race([this.answer(done.signal), this.ended(done.signal)])
      this.rss = answer.rss
      if ('failure' in answer) throw new Error(answer.failure)
      return answer.outcome
    } finally {
      clearTimeout(late)
      done.abort()
    }
  }

  end(): void {
    this.child.kill('SIGKILL')
  }

  private async answer(signal: AbortSignal): Promise<Answer> {
    const [answer] = (await once(this.child, 'message', { signal })) as [Answer]
    return answer
  }

  private async ended(signal: AbortSignal): Promise<never> {
    const [code, killedBy] = (await once(this.child, 'exit', { signal })) as [number | null, string | null]
    throw new DecodingEndedError(killedBy ?? `exit code ${code}`)
  }
}
