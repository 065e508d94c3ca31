import { AbandonedTransactions } from '@mpics/eventing'
import { isMongoOutage } from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { Rounds } from './rounds.js'

const LOOK_MS = 2_000

/** Each replica that makes transactions looks for abandoned ones of its service. */
@Injectable()
export class EndAbandonedTransactions implements OnApplicationBootstrap {
  private hasFailed = false

  constructor(
    private readonly abandoned: AbandonedTransactions,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const failed = 'an abandoned transaction, if there is one, ends by itself within a minute'
    this.rounds.begin({ everyMs: LOOK_MS, spreadMs: 0, atOnce: true, failed, work: () => this.execute() })
  }

  /** Throws for the first of several failures, so that it is told once; others tell of an outage. */
  private async execute(): Promise<void> {
    try {
      await this.abandoned.end()
      this.hasFailed = false
    } catch (error) {
      if (this.hasFailed || isMongoOutage(error)) return
      this.hasFailed = true
      throw error
    }
  }
}
