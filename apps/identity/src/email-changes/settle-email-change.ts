import { Injectable } from '@nestjs/common'
import { MoveSessions } from '../sessions/move-sessions.js'
import { EndOtherLinks } from '../verification/end-other-links.js'

/** What follows from a changed address. Safe to repeat, and late. */
@Injectable()
export class SettleEmailChange {
  constructor(
    private readonly moveSessions: MoveSessions,
    private readonly endOtherLinks: EndOtherLinks,
  ) {}

  async execute(accountId: string): Promise<void> {
    await this.moveSessions.execute(accountId)
    await this.endOtherLinks.execute(accountId)
  }
}
