import { Clock, Rounds } from '@mpics/service-kit'
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import { ExportRepository } from './export.repository.js'
import { JoinExport } from './join-export.js'

/** For those whose joiner died; of others it is told. */
const PAUSE_MS = 10_000
const BATCH = 10

/** Joins exports one after the other, so that they never take more of a replica than one file does. */
@Injectable()
export class JoinExports implements OnApplicationBootstrap {
  private readonly logger = new Logger('Exports')
  private joiningNow: Promise<void> | undefined
  private again = false
  private stopping?: AbortSignal

  constructor(
    private readonly exports: ExportRepository,
    private readonly joining: JoinExport,
    private readonly clock: Clock,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const work = (stopping: AbortSignal) => {
      this.stopping = stopping
      return this.wake()
    }
    this.rounds.begin({ everyMs: PAUSE_MS, atOnce: true, failed: 'exports have to wait', work })
  }

  /** There may be parts to join now. */
  wake(): Promise<void> {
    this.again = true
    this.joiningNow ??= this.joinWhileAsked().finally(() => (this.joiningNow = undefined))
    return this.joiningNow
  }

  private async joinWhileAsked(): Promise<void> {
    while (this.again) {
      this.again = false
      for (const id of await this.exports.idsToJoin(this.clock.now(), BATCH)) await this.join(id)
    }
  }

  /** Another one's trouble keeps nobody waiting. */
  private async join(id: string): Promise<void> {
    if (this.stopping?.aborted) return
    await this.joining.execute(id).catch((err: unknown) => this.logger.warn({ err, exportId: id }, 'not joined yet'))
  }
}
