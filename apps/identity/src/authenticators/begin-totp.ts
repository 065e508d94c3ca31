import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { beginTotp } from './totp.js'
import { TotpCodes } from './totp-codes.js'

@Injectable()
export class BeginTotp {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly codes: TotpCodes,
    private readonly clock: Clock,
  ) {}

  async execute(accountId: string): Promise<{ secret: string; uri: string }> {
    const secret = this.codes.newSecret()
    const sealed = this.codes.seal(secret, accountId)
    const { handle } = await this.accounts.change(accountId, (account) => beginTotp(account, sealed, this.clock.now()))
    return { secret, uri: this.codes.uri(secret, handle) }
  }
}
