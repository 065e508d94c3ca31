import { failPoint } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Closure } from '../accounts/account-life.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { EndProgramTokens } from '../program-tokens/end-program-tokens.js'
import { RetiredHandles } from '../retired-handles/retired-handles.repository.js'
import { EndSessions } from '../sessions/end-sessions.js'
import { closeAccount } from './closure.js'

@Injectable()
export class CloseAccount {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly handles: RetiredHandles,
    private readonly endSessions: EndSessions,
    private readonly endTokens: EndProgramTokens,
    private readonly clock: Clock,
  ) {}

  /** Consumers end the sessions and tokens if the process dies before it has. */
  async execute(accountId: string): Promise<Closure> {
    await this.handles.retire(await this.accounts.get(accountId))
    const { closure } = await this.accounts.change(accountId, (account) => closeAccount(account, this.clock.now()))
    await failPoint('closure.afterSave')
    await Promise.all([this.endSessions.unproven(accountId), this.endTokens.refused(accountId)])
    return closure!
  }
}
