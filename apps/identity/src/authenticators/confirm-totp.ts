import { randomBytes } from 'node:crypto'
import { failPoint } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { type ProvedMember, requireProved } from '../proofs/proved-member.js'
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

  /** Resolves to recovery codes for an account that has none. Of two confirmations at once the second is refused. */
  async execute(member: ProvedMember, code: string): Promise<string[]> {
    const { accountId, sessionId } = member
    const account = await this.accounts.get(accountId)
    const given = await this.guesses.counted(account, sessionId, () => this.confirmed(member, code))
    await failPoint('factor.afterSave')
    await this.moveSessions.execute(accountId, this.clock.now())
    return given
  }

  private async confirmed(member: ProvedMember, code: string): Promise<string[]> {
    const recoveryCodes = newRecoveryCodes(randomBytes)
    let isFirst = false
    const actingSessionId = member.sessionId
    await this.accounts.change(member.accountId, (account) => {
      requireProved(account, member)
      const now = this.clock.now()
      requirePendingTotp(account)
      const read = this.codes.read(account, code, now)
      if (!read) throw new FactorFailedError()
      isFirst = account.factors.recoveryCodes.length === 0
      return confirmTotp(account, { step: read.step, recoveryCodes, actingSessionId }, now)
    })
    return isFirst ? recoveryCodes : []
  }
}
