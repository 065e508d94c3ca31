import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { LinkExpiredError } from '../accounts/account.errors.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { OneTimeLinks } from '../links/one-time-links.js'
import { approveLock, objectToLock, unlockAccount } from './lock.js'

export interface Judgement {
  note?: string | undefined
  /** Null: an operator at the command line. */
  by: string | null
}

/** What may follow a lock: its end, a second person’s agreement, its owner’s objection. */
@Injectable()
export class JudgeLock {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinks,
    private readonly clock: Clock,
  ) {}

  find(accountId: string): Promise<Account> {
    return this.accounts.get(accountId)
  }

  unlock(accountId: string, judgement: Judgement): Promise<Account> {
    return this.accounts.change(accountId, (account) => unlockAccount(account, this.act(judgement)))
  }

  approve(accountId: string, judgement: Judgement): Promise<Account> {
    return this.accounts.change(accountId, (account) => approveLock(account, this.act(judgement)))
  }

  /** Any token for an account that is gone is as good as an old one. */
  async object(accountId: string, token: string): Promise<void> {
    if (!(await this.accounts.find(accountId))) throw new LinkExpiredError()
    const tokenHash = this.links.hash(token)
    await this.accounts.change(accountId, (account) => objectToLock(account, tokenHash, this.clock.now()))
  }

  private act({ note, by }: Judgement) {
    return { by, note: note ?? null, at: this.clock.now() }
  }
}
