import { Rounds } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { SendLastMails } from './send-last-mails.js'

const EVERY_MS = 5_000

/** Asks identity for last mails again and again, since no event may say whom they are for. */
@Injectable()
export class LastMailRounds implements OnApplicationBootstrap {
  constructor(
    private readonly sendLastMails: SendLastMails,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const failed = 'last mails have to wait'
    this.rounds.begin({ everyMs: EVERY_MS, failed, work: (stopping) => this.sendAll(stopping) })
  }

  private async sendAll(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted && (await this.sendLastMails.execute(stopping)) > 0);
  }
}
