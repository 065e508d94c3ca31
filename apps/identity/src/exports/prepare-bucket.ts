import { within } from '@mpics/eventing'
import { ExportStore } from '@mpics/rights'
import { Rounds } from '@mpics/service-kit'
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import { ExportRepository } from './export.repository.js'

const AGAIN_MS = 60_000
const WAIT_MS = 2_000

/**
 * Makes the bucket of the exports for whoever wants one, and asks no store before: minio alone takes some MB. Nothing but exports waits
 * for a store that is away: people can log in.
 */
@Injectable()
export class PrepareBucket implements OnApplicationBootstrap {
  private readonly logger = new Logger('Exports')
  private made?: Promise<void>

  constructor(
    private readonly exports: ExportRepository,
    private readonly store: ExportStore,
    private readonly rounds: Rounds,
  ) {}

  /** Of exports that were asked for while the store was away, or by a replica that died, and of those that lay in another store. */
  onApplicationBootstrap(): void {
    const work = async () => {
      if (await this.exports.isAny()) await this.store.prepare()
    }
    this.rounds.begin({ everyMs: AGAIN_MS, atOnce: true, failed: 'the bucket of the exports is not reached', work })
  }

  /** Before an export is requested. Whoever asks waits a moment for it, and is not refused without it. */
  async execute(): Promise<void> {
    this.made ??= this.store.prepare().catch((error: unknown) => {
      this.made = undefined
      throw error
    })
    await within(WAIT_MS, this.made).catch((err: unknown) => this.logger.warn({ err }, 'the bucket is not there yet'))
  }
}
