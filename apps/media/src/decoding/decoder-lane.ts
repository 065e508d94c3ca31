import { Logger } from '@nestjs/common'
import type { z } from 'zod'
import { type Claim, FairQueue } from '../fair-queue.js'
import { DecodersBusyError, DecodingEndedError, UnreadableFileError } from './decoding.errors.js'
import { DecodingProcess, type Limits } from './decoding-process.js'
import type { Job } from '../decoder/jobs.js'

const ATTEMPTS = 2
const IDLE_MS = 30_000
const CAPACITY = 64

/** Processes with the same limits. It starts them when there is work, and ends them when they are idle. */
export class DecoderLane {
  private readonly logger = new Logger('DecoderLane')
  private readonly queue: FairQueue
  private readonly processes = new Set<DecodingProcess>()
  private readonly idle: DecodingProcess[] = []
  private retirement?: NodeJS.Timeout
  private closed = false

  constructor(
    most: number,
    private readonly limits: Limits,
  ) {
    this.queue = new FairQueue(most, CAPACITY, () => new DecodersBusyError())
  }

  /**
   * A crash may be chance, so a second process gets the job; undefined: it ended that one too, or its file cannot be read. A job
   * that reaches a limit would reach it again: its LimitReachedError goes to the caller.
   */
  run<T>(claim: Claim, job: Job, answer: z.ZodType<T>): Promise<T | undefined> {
    return this.queue.run(claim, async () => {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        try {
          return await this.attempt(job, answer)
        } catch (error) {
          if (error instanceof UnreadableFileError) return this.unreadable(error)
          if (!(error instanceof DecodingEndedError) || this.closed) throw error
          this.logger.warn({ err: error, attempt }, 'a picture ended its process')
        }
      }
      return undefined
    })
  }

  close(): void {
    this.closed = true
    clearTimeout(this.retirement)
    for (const process of this.processes) process.end()
  }

  private unreadable(err: UnreadableFileError): undefined {
    this.logger.warn({ err }, 'a picture could not be read')
  }

  private async attempt<T>(job: Job, answer: z.ZodType<T>): Promise<T> {
    if (this.closed) throw new DecodersBusyError()
    clearTimeout(this.retirement)
    const process = this.idleProcess() ?? this.start()
    try {
      return await process.run(job, answer)
    } finally {
      if (process.usable && !this.closed) this.idle.push(process)
      else this.end(process)
      this.retirement = setTimeout(() => this.retire(), IDLE_MS).unref()
    }
  }

  private idleProcess(): DecodingProcess | undefined {
    const process = this.idle.pop()
    if (!process || process.usable) return process
    this.end(process)
    return this.idleProcess()
  }

  private start(): DecodingProcess {
    const process = new DecodingProcess(this.limits)
    this.processes.add(process)
    return process
  }

  private end(process: DecodingProcess): void {
    process.end()
    this.processes.delete(process)
  }

  private retire(): void {
    for (const process of this.idle.splice(0)) this.end(process)
  }
}
