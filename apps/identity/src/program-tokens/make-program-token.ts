import { Clock, Ids, newProgramToken } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { type ProvedMember, requireProved } from '../proofs/proved-member.js'
import { createToken, type ProgramToken, rotateToken } from './program-token.js'
import { hashOf, ProgramTokenRepository } from './program-token.repository.js'

export interface MadeToken {
  token: ProgramToken
  /** Shown once. */
  secret: string
}

@Injectable()
export class MakeProgramToken {
  constructor(
    private readonly tokens: ProgramTokenRepository,
    private readonly accounts: AccountRepository,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async create(
    member: ProvedMember,
    wanted: { name: string; scopes: readonly string[]; expiresAt: Date },
  ): Promise<MadeToken> {
    const { secret, fresh } = await this.fresh(member)
    const { tokens } = await this.tokens.change(member.accountId, (all) => createToken(all, { ...wanted, ...fresh }))
    return { token: tokens.find(({ id }) => id === fresh.id)!, secret }
  }

  async rotate(member: ProvedMember, formerId: string, expiresAt: Date | undefined): Promise<MadeToken> {
    const { secret, fresh } = await this.fresh(member)
    const { tokens } = await this.tokens.change(member.accountId, (all) =>
      rotateToken(all, formerId, { ...fresh, expiresAt }),
    )
    return { token: tokens.find(({ id }) => id === fresh.id)!, secret }
  }

  /** A password that changes after this ends the token, since it is one of the former. */
  private async fresh(member: ProvedMember) {
    const account = await this.accounts.get(member.accountId)
    requireProved(account, member)
    const { passwordChangedAt } = account
    const secret = newProgramToken()
    const fresh = { id: this.ids.next(), hash: hashOf(secret), createdAt: this.clock.now(), passwordChangedAt }
    return { secret, fresh }
  }
}
