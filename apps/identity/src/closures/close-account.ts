import { unchanged } from '@mpics/contracts'
import { failPoint } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Closure } from '../accounts/account-life.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { type ProvedMember, whileProved } from '../proofs/proved-member.js'
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
  async execute(member: ProvedMember): Promise<Closure> {
    const { accountId } = member
    await this.handles.retire(await this.accounts.get(accountId))
    const close = whileProved(member, (account) => closeAccount(account, this.clock.now()))
    const { closure } = await this.accounts.change(accountId, (account) =>
      account.closure ? unchanged(account) : close(account),
    )
    await failPoint('closure.afterSave')
    await Promise.all([this.endSessions.unproven(accountId), this.endTokens.refused(accountId)])
    return closure!
  }
}
