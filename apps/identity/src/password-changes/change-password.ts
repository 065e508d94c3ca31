import { failPoint } from '@mpics/eventing'
import type { MemberIdentity } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { ownersClaim } from '../passwords/claim.js'
import { HashNewPassword } from '../passwords/hash-new-password.js'
import { Prove } from '../proofs/prove.js'
import { MoveSessions } from '../sessions/move-sessions.js'
import { changePassword } from './password-change.js'

export interface PasswordChange {
  currentPassword: string
  newPassword: string
}

@Injectable()
export class ChangePassword {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly proving: Prove,
    private readonly hashNewPassword: HashNewPassword,
    private readonly moveSessions: MoveSessions,
  ) {}

  /** B50: ends every other session, since others may know the former password (OWASP ASVS 5.0.0, 6.2.3 and 7.4.3). */
  async execute(member: MemberIdentity, change: PasswordChange, network?: string): Promise<void> {
    const { accountId, sessionId } = member
    const proved = await this.proving.execute(member, { password: change.currentPassword }, network)
    const claim = ownersClaim(accountId, network)
    const fresh = await this.hashNewPassword.execute(change.newPassword, proved, 'newPassword', claim)
    await this.accounts.change(accountId, (account) => changePassword(account, proved, fresh, sessionId))
    await failPoint('password-change.afterSave')
    await this.moveSessions.execute(accountId)
  }
}
