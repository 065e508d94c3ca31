import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { isHidden } from '../accounts/account-status.js'
import { AccountRepository } from '../accounts/account.repository.js'

const STANDING = { 'closure.requestedAt': 1, 'lock.id': 1, version: 1 } as const

/** For services that rebuild what they know of accounts. */
@Controller()
export class StandingsController {
  constructor(private readonly accounts: AccountRepository) {}

  @Endpoint(identity.standingSnapshot)
  async snapshot(
    @Input() { query }: ApiInput<typeof identity.standingSnapshot>,
  ): Promise<ApiAnswer<typeof identity.standingSnapshot>> {
    const { items, nextCursor } = await this.accounts.snapshot(query, STANDING)
    const standings = items.map(({ _id: accountId, version: sequence, closure = null, lock = null }) => ({
      accountId,
      hidden: isHidden({ closure, lock }),
      sequence,
    }))
    return { items: standings, nextCursor }
  }
}
