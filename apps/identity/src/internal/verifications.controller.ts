import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { DescribeVerification } from '../verification/describe-verification.js'

/** Serves the gateway: its page names the account before it verifies, and its table closes calls to unverified accounts. */
@Controller()
export class VerificationsController {
  constructor(
    private readonly describing: DescribeVerification,
    private readonly accounts: AccountRepository,
  ) {}

  @Endpoint(identity.describeVerification)
  describe(
    @Input() { body }: ApiInput<typeof identity.describeVerification>,
  ): Promise<ApiAnswer<typeof identity.describeVerification>> {
    return this.describing.execute(body.token)
  }

  /** An account that is gone is verified no more. */
  @Endpoint(identity.unverifiedAccounts)
  async unverified(
    @Input() { body }: ApiInput<typeof identity.unverifiedAccounts>,
  ): Promise<ApiAnswer<typeof identity.unverifiedAccounts>> {
    const accounts = await this.accounts.findMany(body.accountIds)
    const verified = new Set(accounts.filter(({ emailVerifiedAt }) => emailVerifiedAt).map(({ id }) => id))
    return { unverified: body.accountIds.filter((id) => !verified.has(id)) }
  }
}
