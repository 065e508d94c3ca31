import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { PurgePhotos } from './purge-photos.js'
import { SweepOrphans } from './sweep-orphans.js'

const EVERY_MS = 10 * 60_000

/** Removes leftovers at intervals. Each replica does it: removing twice is as good as once. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Housekeeping')
  private timer?: NodeJS.Timeout
  private running = false

  constructor(
    private readonly sweep: SweepOrphans,
    private readonly purge: PurgePhotos,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), EVERY_MS).unref()
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer)
  }

  private async run(): Promise<void> {
    if (this.running) return
    this.running = true
    try {
      this.logger.log({ orphans: await this.sweep.execute(), purged: await this.purge.execute() }, 'tidied')
    } catch (err) {
      this.logger.warn({ err }, 'not tidied; trying again later')
    } finally {
      this.running = false
    }
  }
}
