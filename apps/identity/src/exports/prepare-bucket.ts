import { ExportStore } from '@mpics/rights'
import { Rounds } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'

const AGAIN_MS = 60_000

/** Makes the bucket of the exports. Nothing but exports waits for a store that is away: people can log in. */
@Injectable()
export class PrepareBucket implements OnApplicationBootstrap {
  constructor(
    private readonly store: ExportStore,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const work = () => this.store.prepare()
    this.rounds.begin({ everyMs: AGAIN_MS, atOnce: true, failed: 'the bucket of the exports is not reached', work })
  }
}
