import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { liveAt } from './session.repository.js'

const LAST_SEEN_FIRST = { lastSeenAt: -1, _id: -1 } as const

/** Reads an account, and its sessions beyond a limit, in one command. */
@Injectable()
export class SessionHolderRepository {
  constructor(private readonly accounts: AccountRepository) {}

  /** The surplus leaves out the live sessions that were seen last. */
  async find(accountId: string, max: number, now: Date): Promise<{ account: Account | null; surplus: string[] }> {
    const beyond = [{ $match: liveAt(accountId, now) }, { $sort: LAST_SEEN_FIRST }, { $skip: max }]
    const found = await this.accounts.findWith(accountId, 'sessions', [...beyond, { $project: { _id: 1 } }])
    return { account: found?.account ?? null, surplus: found?.others.map(({ _id }) => _id) ?? [] }
  }
}
