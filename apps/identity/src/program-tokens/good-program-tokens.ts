import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { mayUseTokens } from './may-use-tokens.js'
import { isGood } from './program-token.js'
import { ProgramTokenRepository } from './program-token.repository.js'

@Injectable()
export class GoodProgramTokens {
  constructor(
    private readonly tokens: ProgramTokenRepository,
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {}

  async among(tokenIds: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await this.tokens.findByIds(tokenIds)
    const owners = await this.accounts.findMany(found.map(({ id }) => id))
    const now = this.clock.now()
    const good = owners
      .filter((owner) => mayUseTokens(owner, now))
      .flatMap((owner) => {
        const tokens = found.find(({ id }) => id === owner.id)?.tokens ?? []
        return tokens.filter((token) => isGood(token, owner, now))
      })
    return new Set(good.map(({ id }) => id))
  }
}
