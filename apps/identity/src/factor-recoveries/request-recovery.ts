import { unchanged } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { credentialsOf } from '../accounts/credentials.js'
import { MailAttempts } from '../attempts/mail-attempts.js'
import { OneTimeLinks } from '../links/one-time-links.js'
import { CheckPassword } from '../sessions/check-password.js'
import { requestRecovery } from './factor-recovery.js'

@Injectable()
export class RequestRecovery {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinks,
    private readonly mails: MailAttempts,
  ) {}

  /** The password tells no more here than at a log-in; the mailbox is proved by the link. */
  async execute(given: { login: string; password: string }, network: string | undefined): Promise<void> {
    const { account } = await this.checkPassword.execute({ ...given, browserToken: undefined, network })
    const confirm = this.links.request('confirm-factor-recovery')
    if (!requestRecovery(account, confirm).changed) return
    if (!(await this.mails.admit('confirm-factor-recovery', account.email))) return
    await this.accounts.change(account.id, (current) =>
      credentialsOf(current) === credentialsOf(account) ? requestRecovery(current, confirm) : unchanged(current),
    )
  }
}
