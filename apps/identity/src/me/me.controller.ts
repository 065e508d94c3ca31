import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Clock, Endpoint, Input, Member, type MemberIdentity, requireMatch, tagged } from '@mpics/service-kit'
import { Controller, Headers, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { type Account, changeSettings } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { rolesOf } from '../roles/role-grants.js'

@Controller()
export class MeController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {}

  @Endpoint(identity.getMe)
  async read(
    @Member() { accountId }: MemberIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof identity.getMe>> {
    return tagged(reply, meOf(await this.accounts.get(accountId), this.clock.now()))
  }

  @Endpoint(identity.changeMe)
  async change(
    @Member() { accountId }: MemberIdentity,
    @Input() { body }: ApiInput<typeof identity.changeMe>,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ApiAnswer<typeof identity.changeMe>> {
    const now = this.clock.now()
    const changed = await this.accounts.change(accountId, (account) => {
      requireMatch(ifMatch, meOf(account, now))
      return changeSettings(account, body)
    })
    return tagged(reply, meOf(changed, now))
  }
}

const meOf = (account: Account, now: Date): ApiAnswer<typeof identity.getMe> => ({
  id: account.id,
  handle: account.handle,
  email: account.email,
  emailVerified: account.emailVerifiedAt !== null,
  locale: account.locale,
  timeZone: account.timeZone,
  roles: rolesOf(account, now),
  createdAt: account.registeredAt.toISOString(),
  ...(account.closure && {
    closure: {
      requestedAt: account.closure.requestedAt.toISOString(),
      erasesAt: account.closure.erasesAt.toISOString(),
    },
  }),
})
