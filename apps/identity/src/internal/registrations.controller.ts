import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { forgetFullName } from '../accounts/account.js'
import { AccountNotFoundError } from '../accounts/account.errors.js'
import { AccountRepository } from '../accounts/account.repository.js'

/** Hands the full name of the registration form to profiles, which owns it, so that no event carries it. */
@Controller()
export class RegistrationsController {
  constructor(private readonly accounts: AccountRepository) {}

  @Endpoint(identity.registrationSnapshot)
  async list(
    @Input() { query }: ApiInput<typeof identity.registrationSnapshot>,
  ): Promise<ApiAnswer<typeof identity.registrationSnapshot>> {
    const { items, nextCursor } = await this.accounts.snapshot(query)
    return { items: items.map(({ _id }) => ({ accountId: _id })), nextCursor }
  }

  @Endpoint(identity.takeRegistration)
  async take(
    @Input() { params }: ApiInput<typeof identity.takeRegistration>,
  ): Promise<ApiAnswer<typeof identity.takeRegistration>> {
    const { id, handle, fullName, erasure } = await this.accounts.get(params.accountId)
    if (erasure) throw new AccountNotFoundError()
    return { accountId: id, handle, fullName }
  }

  @Endpoint(identity.acknowledgeRegistration)
  async acknowledge(@Input() { params }: ApiInput<typeof identity.acknowledgeRegistration>): Promise<void> {
    await this.accounts.change(params.accountId, forgetFullName).catch((error: unknown) => {
      if (!(error instanceof AccountNotFoundError)) throw error
    })
  }
}
