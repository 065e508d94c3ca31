import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common'
import { MediaConfig } from '../config.js'
import { Slots } from '../slots.js'
import { DecodingEndedError, DecodingProcess } from './decoding-process.js'
import type { Job, Outcome } from './render-job.js'

const ATTEMPTS = 2
const IDLE_MS = 30_000

/**
 * Decodes pictures in separate processes, so that a decoder that crashes, hangs or swells harms nothing else. It starts them
 * when there is work, and ends them when they are idle.
 */
@Injectable()
export class DecoderPool implements OnApplicationShutdown {
  private readonly logger = new Logger('DecoderPool')
  private readonly slots: Slots
  private readonly processes = new Set<DecodingProcess>()
  private readonly idle: DecodingProcess[] = []
  private retirement?: NodeJS.Timeout
  private closed = false

  constructor(private readonly config: MediaConfig) {
    this.slots = new Slots(config.MEDIA_DECODER_PROCESSES)
  }

  /** It takes a file that ends its process twice for damaged, or it would retry for ever. */
  renderPicture(job: Job): Promise<Outcome> {
    return this.slots.run(async () => {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        try {
          return await this.attempt(job)
        } catch (error) {
          if (!(error instanceof DecodingEndedError) || this.closed) throw error
          this.logger.warn({ err: error, attempt }, 'a picture ended its process')
        }
      }
      return { rejection: 'damaged' }
    })
  }

  onApplicationShutdown(): void {
    this.closed = true
    clearTimeout(this.retirement)
    for (const process of this.processes) process.end()
  }

  private async attempt(job: Job): Promise<Outcome> {
    clearTimeout(this.retirement)
    const process = this.idleProcess() ?? this.start()
    try {
      return await process.renderPicture(job)
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
    const { MEDIA_DECODER_SECONDS: seconds, MEDIA_DECODER_MEMORY_MB: memoryMb } = this.config
    const process = new DecodingProcess({ seconds, memoryMb })
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
