import { failPoint } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import type { LockReason } from '../accounts/account-life.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { OneTimeLinks } from '../links/one-time-links.js'
import { EndProgramTokens } from '../program-tokens/end-program-tokens.js'
import { RetiredHandles } from '../retired-handles/retired-handles.repository.js'
import { EndSessions } from '../sessions/end-sessions.js'
import { lockAccount } from './lock.js'

export interface LockOrder {
  reason: LockReason
  note?: string | undefined
  /** Null: an operator at the command line. */
  by: string | null
  /** Of a lock that a restore lost: links that were mailed for it work again. */
  again?: { id: string; decidedAt: Date }
}

@Injectable()
export class LockAccount {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinks,
    private readonly handles: RetiredHandles,
    private readonly endSessions: EndSessions,
    private readonly endTokens: EndProgramTokens,
  ) {}

  /** Consumers end the sessions and tokens if the process dies before it has. */
  async execute(accountId: string, { reason, note, by, again }: LockOrder): Promise<Account> {
    await this.handles.retire(await this.accounts.get(accountId))
    const objection = this.links.request('lock-objection', again?.id)
    const act = { by, note: note ?? null, at: objection.requestedAt }
    const locked = await this.accounts.change(accountId, (account) =>
      lockAccount(account, { reason, objection, decidedAt: again?.decidedAt }, act),
    )
    await failPoint('lock.afterSave')
    await Promise.all([this.endSessions.unproven(accountId), this.endTokens.refused(accountId)])
    return locked
  }
}
