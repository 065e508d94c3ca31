import { type ApiAnswer, type ApiInput, changeMe, getMe } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { type Account, changeSettings } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'

@Controller()
export class MeController {
  constructor(private readonly accounts: AccountRepository) {}

  @Endpoint(getMe)
  async read(@Member() { accountId }: MemberIdentity): Promise<ApiAnswer<typeof getMe>> {
    return meOf(await this.accounts.get(accountId))
  }

  @Endpoint(changeMe)
  async change(
    @Member() { accountId }: MemberIdentity,
    @Input() { body }: ApiInput<typeof changeMe>,
  ): Promise<ApiAnswer<typeof changeMe>> {
    return meOf(await this.accounts.change(accountId, (account) => changeSettings(account, body)))
  }
}

const meOf = (account: Account): ApiAnswer<typeof getMe> => ({
  id: account.id,
  handle: account.handle,
  email: account.email,
  emailVerified: account.emailVerifiedAt !== null,
  locale: account.locale,
  timeZone: account.timeZone,
  roles: account.roles,
  createdAt: account.registeredAt.toISOString(),
})
