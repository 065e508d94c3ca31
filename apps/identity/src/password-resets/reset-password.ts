import { failPoint } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import { resetPassword } from '../accounts/account.js'
import { LinkExpiredError } from '../accounts/account.errors.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { LoginAttempts } from '../attempts/login-attempts.js'
import { OneTimeLinks } from '../links/one-time-links.js'
import { EndSessions } from '../sessions/end-sessions.js'
import { ownersClaim } from '../passwords/claim.js'
import { HashNewPassword } from '../passwords/hash-new-password.js'

@Injectable()
export class ResetPassword {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinks,
    private readonly hashNewPassword: HashNewPassword,
    private readonly attempts: LoginAttempts,
    private readonly endSessions: EndSessions,
  ) {}

  /** B50: ends every session, since others may know the former password (OWASP ASVS 5.0.0, 7.4.3). */
  async execute({ token, newPassword }: { token: string; newPassword: string }): Promise<void> {
    const tokenHash = this.links.hash(token)
    const account = await this.accounts.findByResetToken(tokenHash)
    if (!account) throw new LinkExpiredError()
    const claim = ownersClaim(account.id)
    const change = { tokenHash, ...(await this.hashNewPassword.execute(newPassword, account, 'newPassword', claim)) }
    const changed = await this.accounts.change(account.id, (current) => resetPassword(current, change, change.hashedAt))
    await failPoint('reset.afterSave')
    await this.endSessions.unproven(changed.id)
    await this.attempts.forgive([changed.handleKey, changed.emailKey])
  }
}
