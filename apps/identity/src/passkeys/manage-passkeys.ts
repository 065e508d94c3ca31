import { failPoint } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { type ProvedMember, whileProved } from '../proofs/proved-member.js'
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

  async add(member: ProvedMember, made: MadePasskey, name: string): Promise<Account> {
    const now = this.clock.now()
    const addition = { passkey: { ...made, name, addedAt: now, lastUsedAt: null }, actingSessionId: member.sessionId }
    const add = whileProved(member, (account) => addPasskey(account, addition, now))
    return this.moved(await this.accounts.change(member.accountId, add), now)
  }

  rename(accountId: string, id: string, name: string): Promise<Account> {
    return this.accounts.change(accountId, (account) => renamePasskey(account, id, name))
  }

  async remove(member: ProvedMember, id: string): Promise<Account> {
    const remove = whileProved(member, (account) => removePasskey(account, id, member.sessionId, this.clock.now()))
    return this.moved(await this.accounts.change(member.accountId, remove))
  }

  private async moved(account: Account, factorProvedAt?: Date): Promise<Account> {
    await failPoint('factor.afterSave')
    await this.moveSessions.execute(account.id, factorProvedAt)
    return account
  }
}
