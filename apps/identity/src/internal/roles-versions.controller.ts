import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'

/** Serves a gateway that gets no events. An account that is gone is in no answer. */
@Controller()
export class RolesVersionsController {
  constructor(private readonly accounts: AccountRepository) {}

  @Endpoint(identity.rolesVersions)
  async versions(
    @Input() { body }: ApiInput<typeof identity.rolesVersions>,
  ): Promise<ApiAnswer<typeof identity.rolesVersions>> {
    const accounts = await this.accounts.findMany(body.accountIds)
    return { items: accounts.map(({ id: accountId, rolesVersion }) => ({ accountId, rolesVersion })) }
  }
}
