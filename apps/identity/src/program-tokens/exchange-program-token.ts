import { Clock, isProgramToken } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { AccessTokens } from '../sessions/access-tokens.js'
import { isGood, noteUse, type ProgramToken } from './program-token.js'
import { hashOf, ProgramTokenRepository } from './program-token.repository.js'
import { mayUseTokens } from './may-use-tokens.js'

/** Signs a short access token for a program, and notes the hour. */
@Injectable()
export class ExchangeProgramToken {
  constructor(
    private readonly tokens: ProgramTokenRepository,
    private readonly accounts: AccountRepository,
    private readonly accessTokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  async execute(secret: string): Promise<string | null> {
    const all = isProgramToken(secret) ? await this.tokens.findBySecret(secret) : null
    const token = all?.tokens.find(({ hash }) => hash === hashOf(secret))
    if (!all || !token) return null
    if (!(await this.isInUse(all.id, token))) return null
    await this.tokens.change(all.id, (current) => noteUse(current, token.id, this.clock.now()))
    const { id: tokenId, scopes, expiresAt } = token
    return this.accessTokens.signForProgram({ accountId: all.id, tokenId, scopes, expiresAt })
  }

  private async isInUse(accountId: string, token: ProgramToken): Promise<boolean> {
    const account = await this.accounts.find(accountId)
    const now = this.clock.now()
    return account !== null && mayUseTokens(account, now) && isGood(token, account, now)
  }
}
