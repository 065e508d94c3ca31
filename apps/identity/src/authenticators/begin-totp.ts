import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { type ProvedMember, whileProved } from '../proofs/proved-member.js'
import { beginTotp } from './totp.js'
import { TotpCodes } from './totp-codes.js'

@Injectable()
export class BeginTotp {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly codes: TotpCodes,
    private readonly clock: Clock,
  ) {}

  async execute(member: ProvedMember): Promise<{ secret: string; uri: string }> {
    const { accountId } = member
    const secret = this.codes.newSecret()
    const sealed = this.codes.seal(secret, accountId)
    const begin = whileProved(member, (account) => beginTotp(account, sealed, this.clock.now()))
    const { handle } = await this.accounts.change(accountId, begin)
    return { secret, uri: this.codes.uri(secret, handle) }
  }
}
