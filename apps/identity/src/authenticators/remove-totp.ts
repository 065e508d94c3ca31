import { failPoint } from '@mpics/eventing'
import { Clock, type MemberIdentity } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { MoveSessions } from '../sessions/move-sessions.js'
import { removeTotp } from './totp.js'

@Injectable()
export class RemoveTotp {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly moveSessions: MoveSessions,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, sessionId }: MemberIdentity): Promise<void> {
    await this.accounts.change(accountId, (account) => removeTotp(account, sessionId, this.clock.now()))
    await failPoint('factor.afterSave')
    await this.moveSessions.execute(accountId)
  }
}
