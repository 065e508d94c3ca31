import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Clock, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'

/** Ids alone: each address is asked for when its mail is sent. A plain id leads on, since a list may be read for days. */
@Controller()
export class LegalNoticeRecipientsController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {}

  @Endpoint(identity.legalNoticeRecipients)
  async list(
    @Input() { query }: ApiInput<typeof identity.legalNoticeRecipients>,
  ): Promise<ApiAnswer<typeof identity.legalNoticeRecipients>> {
    const { registeredBefore, after, limit } = query
    const filter = { registeredBefore: new Date(registeredBefore), now: this.clock.now(), after }
    return { accountIds: await this.accounts.idsOfVerified(filter, limit) }
  }
}
