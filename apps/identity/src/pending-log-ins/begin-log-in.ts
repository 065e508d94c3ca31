import { Clock, Ids } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { credentialsOf } from '../accounts/credentials.js'
import { factorsOf } from '../accounts/factors.js'
import { FactorNeededError } from './factor-needed.error.js'
import { PENDING_SECONDS, type PendingLogIn } from './pending-log-in.js'
import { PendingLogInRepository } from './pending-log-in.repository.js'

type Setting = Pick<PendingLogIn, 'sharedComputer' | 'asCookie' | 'knownBrowserHash'>

@Injectable()
export class BeginLogIn {
  constructor(
    private readonly pending: PendingLogInRepository,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** `account` is as it was when the password was compared. Resolves to the refusal that leads to the next step. */
  async execute(account: Account, setting: Setting): Promise<FactorNeededError> {
    const sessionId = this.ids.random()
    const expiresAt = new Date(this.clock.now().getTime() + PENDING_SECONDS * 1000)
    const proved = { accountId: account.id, credentials: credentialsOf(account) }
    await this.pending.insert({ id: sessionId, ...proved, ...setting, tries: 0, expiresAt })
    return new FactorNeededError({ sessionId, factors: factorsOf(account), expiresIn: PENDING_SECONDS })
  }
}
