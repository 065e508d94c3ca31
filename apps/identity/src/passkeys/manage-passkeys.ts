import { failPoint } from '@mpics/eventing'
import { Clock, type MemberIdentity } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { MoveSessions } from '../sessions/move-sessions.js'
import { addPasskey, removePasskey, renamePasskey } from './passkey.js'
import type { MadePasskey } from './verify-passkey.js'

@Injectable()
export class ManagePasskeys {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly moveSessions: MoveSessions,
    private readonly clock: Clock,
  ) {}

  async add({ accountId, sessionId }: MemberIdentity, made: MadePasskey, name: string): Promise<Account> {
    const now = this.clock.now()
    const addition = { passkey: { ...made, name, addedAt: now, lastUsedAt: null }, actingSessionId: sessionId }
    return this.moved(await this.accounts.change(accountId, (account) => addPasskey(account, addition, now)))
  }

  rename(accountId: string, id: string, name: string): Promise<Account> {
    return this.accounts.change(accountId, (account) => renamePasskey(account, id, name))
  }

  async remove({ accountId, sessionId }: MemberIdentity, id: string): Promise<Account> {
    const remove = (account: Account) => removePasskey(account, id, sessionId, this.clock.now())
    return this.moved(await this.accounts.change(accountId, remove))
  }

  private async moved(account: Account): Promise<Account> {
    await failPoint('factor.afterSave')
    await this.moveSessions.execute(account.id)
    return account
  }
}
