import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Clock, Endpoint, Input, Member, type MemberIdentity, requireMatch, tagged } from '@mpics/service-kit'
import { Controller, Headers, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { toAcceptOf } from '../acceptances/to-accept.js'
import { type Account, changeSettings } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { PoliciesInForce, type VersionsInForce } from '../policies/policies-in-force.js'
import { rolesOf } from '../roles/role-grants.js'

@Controller()
export class MeController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly policies: PoliciesInForce,
    private readonly clock: Clock,
  ) {}

  @Endpoint(identity.getMe)
  async read(
    @Member() { accountId }: MemberIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof identity.getMe>> {
    const [account, inForce] = await Promise.all([this.accounts.get(accountId), this.policies.versions()])
    return tagged(reply, meOf(account, inForce, this.clock.now()))
  }

  @Endpoint(identity.changeMe)
  async change(
    @Member() { accountId }: MemberIdentity,
    @Input() { body }: ApiInput<typeof identity.changeMe>,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ApiAnswer<typeof identity.changeMe>> {
    const [now, inForce] = [this.clock.now(), await this.policies.versions()]
    const changed = await this.accounts.change(accountId, (account) => {
      requireMatch(ifMatch, meOf(account, inForce, now))
      return changeSettings(account, body)
    })
    return tagged(reply, meOf(changed, inForce, now))
  }
}

const meOf = (account: Account, inForce: VersionsInForce, now: Date): ApiAnswer<typeof identity.getMe> => ({
  id: account.id,
  handle: account.handle,
  email: account.email,
  emailVerified: account.emailVerifiedAt !== null,
  locale: account.locale,
  timeZone: account.timeZone,
  roles: rolesOf(account, now),
  createdAt: account.registeredAt.toISOString(),
  toAccept: toAcceptOf(account, inForce),
  ...(account.closure && {
    closure: {
      requestedAt: account.closure.requestedAt.toISOString(),
      erasesAt: account.closure.erasesAt.toISOString(),
    },
  }),
})
