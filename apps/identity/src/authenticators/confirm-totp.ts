import { randomBytes } from 'node:crypto'
import { failPoint } from '@mpics/eventing'
import { Clock, type MemberIdentity } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { hasFactor } from '../accounts/factors.js'
import { MoveSessions } from '../sessions/move-sessions.js'
import { FactorFailedError } from './factor.errors.js'
import { FactorGuesses } from './factor-guesses.js'
import { newRecoveryCodes } from './recovery-codes.js'
import { confirmTotp, requirePendingTotp } from './totp.js'
import { TotpCodes } from './totp-codes.js'

@Injectable()
export class ConfirmTotp {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly codes: TotpCodes,
    private readonly guesses: FactorGuesses,
    private readonly moveSessions: MoveSessions,
    private readonly clock: Clock,
  ) {}

  /** Resolves to recovery codes for an account that had no factor. Of two confirmations at once the second is refused. */
  async execute({ accountId, sessionId }: MemberIdentity, code: string): Promise<string[]> {
    const account = await this.accounts.get(accountId)
    const given = await this.guesses.counted(account, sessionId, () => this.confirmed(accountId, sessionId, code))
    await failPoint('factor.afterSave')
    await this.moveSessions.execute(accountId)
    return given
  }

  private async confirmed(accountId: string, actingSessionId: string, code: string): Promise<string[]> {
    const recoveryCodes = newRecoveryCodes(randomBytes)
    let isFirst = false
    await this.accounts.change(accountId, (account) => {
      const now = this.clock.now()
      requirePendingTotp(account)
      const read = this.codes.read(account, code, now)
      if (!read) throw new FactorFailedError()
      isFirst = !hasFactor(account)
      return confirmTotp(account, { step: read.step, recoveryCodes, actingSessionId }, now)
    })
    return isFirst ? recoveryCodes : []
  }
}
