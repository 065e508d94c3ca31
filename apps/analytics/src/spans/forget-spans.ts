import { MINUTE_MS } from '@mpics/contracts/durations'
import { Rounds } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { RankingsRepository } from './rankings.repository.js'
import { SpansRepository } from './spans.repository.js'

/** Keeps room for what is asked for next. Two replicas at once do the same work. */
@Injectable()
export class ForgetSpans implements OnApplicationBootstrap {
  constructor(
    private readonly spans: SpansRepository,
    private readonly rankings: RankingsRepository,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const failed = 'sums of closed hours have to wait to be forgotten'
    this.rounds.begin({ everyMs: MINUTE_MS, failed, work: (stopping) => this.makeRoom(stopping) })
  }

  private async makeRoom(stopping: AbortSignal): Promise<void> {
    await this.spans.makeRoom(stopping)
    await this.rankings.makeRoom(stopping)
  }
}
