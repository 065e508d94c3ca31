import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { mayUseTokens } from './may-use-tokens.js'
import { endTokens, isOfPassword } from './program-token.js'
import { ProgramTokenRepository } from './program-token.repository.js'

/** Ends the tokens that the account does not allow any more: of a former password, of a locked or closing account. */
@Injectable()
export class EndProgramTokens {
  constructor(
    private readonly tokens: ProgramTokenRepository,
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {}

  async refused(accountId: string): Promise<void> {
    const account = await this.accounts.find(accountId)
    const isAllowed = account !== null && mayUseTokens(account, this.clock.now())
    await this.tokens.change(accountId, (all) => endTokens(all, (token) => isAllowed && isOfPassword(token, account)))
  }
}
