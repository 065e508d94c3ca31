import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Clock, Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
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
  async read(@Member() { accountId }: MemberIdentity): Promise<ApiAnswer<typeof identity.getMe>> {
    return meOf(await this.accounts.get(accountId), this.clock.now())
  }

  @Endpoint(identity.changeMe)
  async change(
    @Member() { accountId }: MemberIdentity,
    @Input() { body }: ApiInput<typeof identity.changeMe>,
  ): Promise<ApiAnswer<typeof identity.changeMe>> {
    const changed = await this.accounts.change(accountId, (account) => changeSettings(account, body))
    return meOf(changed, this.clock.now())
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
})
