import { failPoint } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { type ProvedMember, whileProved } from '../proofs/proved-member.js'
import { MoveSessions } from '../sessions/move-sessions.js'
import { removeTotp } from './totp.js'

@Injectable()
export class RemoveTotp {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly moveSessions: MoveSessions,
    private readonly clock: Clock,
  ) {}

  async execute(member: ProvedMember): Promise<void> {
    const { accountId, sessionId } = member
    const remove = whileProved(member, (account) => removeTotp(account, sessionId, this.clock.now()))
    await this.accounts.change(accountId, remove)
    await failPoint('factor.afterSave')
    await this.moveSessions.execute(accountId)
  }
}
