import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { decoderEnvironment } from '../config.js'
import { type Confinement, launchOf } from './confinement.js'
import { DecodingEndedError, LimitReachedError, UnreadableFileError } from './decoding.errors.js'
import type { Job } from '../decoder/jobs.js'
import { usageOf } from './process-usage.js'

export interface Limits extends Omit<Confinement, 'folder'> {
  /** Of CPU, for one job; four times as long by the clock, so that a busy machine condemns no picture. */
  seconds: number
}

/** A process that a job left this large takes no other job. */
const LARGE_BYTES = 350 * 1024 * 1024
const WATCH_MS = 100
const CLOCK_FACTOR = 4
const UNCONFINED = 78
const extension = extname(import.meta.url)
const program = fileURLToPath(new URL(`../decoder/decoder-program${extension}`, import.meta.url))

const failed = z.strictObject({ failure: z.string().max(1_000), ofMachine: z.boolean() })
const answers = z.union([z.strictObject({ answered: z.unknown() }), failed])

/** A child process that takes one job after the other. It sees one folder, and believes what a file makes it believe. */
export class DecodingProcess {
  private readonly child: ChildProcess
  private readonly folder = mkdtempSync(join(tmpdir(), 'mpics-decoder-'))
  private reached?: 'time' | 'memory'
  private bytes = 0
  private lent = false

  constructor(private readonly limits: Limits) {
    this.child = fork(program, [], {
      env: decoderEnvironment(extension, this.folder),
      ...launchOf({ ...limits, folder: this.folder }),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    this.child.on('error', () => this.end())
    this.child.once('exit', () => !this.lent && this.clear())
  }

  get usable(): boolean {
    return this.child.connected && this.bytes < LARGE_BYTES
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  /** Lends the process the folder of a job; what comes back is judged by a schema, as any stranger's word. */
  async run<T>(job: Job, answer: z.ZodType<T>): Promise<T> {
    if (job.kind === 'head') return this.ask(job, answer)
    const folder = join(this.folder, 'job')
    this.lent = true
    await rename(job.folder, folder)
    try {
      return await this.ask({ ...job, folder }, answer)
    } finally {
      await rename(folder, job.folder)
      this.lent = false
      if (this.hasEnded) this.clear()
    }
  }

  end(): void {
    this.child.kill('SIGKILL')
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null
  }

  private clear(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  private async ask<T>(job: Job, schema: z.ZodType<T>): Promise<T> {
    const done = new AbortController()
    const watch = this.watch(done.signal)
    try {
      // what cannot be sent meets a process that is about to be gone, and its end is the answer
      this.child.send(job, (error) => error && this.end())
      const answer = await Promise.race([this.answer(done.signal), this.ended(done.signal)])
      if ('failure' in answer) throw failureOf(answer)
      return schema.parse(answer.answered)
    } catch (error) {
      if (error instanceof z.ZodError) this.end()
      throw error instanceof z.ZodError ? new DecodingEndedError('its answer has another shape') : error
    } finally {
      clearInterval(await watch)
      done.abort()
      this.bytes = (await usageOf(this.pid))?.bytes ?? 0
    }
  }

  private async answer(signal: AbortSignal): Promise<z.output<typeof answers>> {
    const [answer] = (await once(this.child, 'message', { signal })) as [unknown]
    return answers.parse(answer)
  }

  private async ended(signal: AbortSignal): Promise<never> {
    if (!this.hasEnded) await once(this.child, 'exit', { signal })
    if (this.reached) throw new LimitReachedError(this.reached)
    // No fault of a picture: the launcher was refused what it asks of the kernel.
    if (this.child.exitCode === UNCONFINED) throw new Error('a decoding process could not be confined')
    throw new DecodingEndedError(this.child.signalCode ?? `exit code ${this.child.exitCode}`)
  }

  private async watch(done: AbortSignal): Promise<NodeJS.Timeout> {
    const { seconds, memoryMb } = this.limits
    const before = (await usageOf(this.pid))?.cpuSeconds ?? 0
    const begun = performance.now()
    return setInterval(() => {
      void usageOf(this.pid).then((usage) => {
        if (done.aborted) return
        const late = performance.now() - begun > seconds * CLOCK_FACTOR * 1000
        if (late || (usage && usage.cpuSeconds - before > seconds)) this.reach('time')
        else if (usage && usage.bytes > memoryMb * 1024 * 1024) this.reach('memory')
      })
    }, WATCH_MS)
  }

  private reach(limit: 'time' | 'memory'): void {
    this.reached = limit
    this.end()
  }
}

const failureOf = ({ failure, ofMachine }: z.output<typeof failed>): Error =>
  ofMachine ? new Error(`the decoding process failed: ${failure}`) : new UnreadableFileError(failure)
