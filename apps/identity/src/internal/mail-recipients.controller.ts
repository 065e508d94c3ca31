import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { emptyLedger, isGranted } from '../consents/consent.js'
import { ConsentRepository } from '../consents/consent.repository.js'

/** Notifications asks at the moment of sending, so that the latest change or withdrawal counts (B19, B53). */
@Controller()
export class MailRecipientsController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly consents: ConsentRepository,
  ) {}

  @Endpoint(identity.mailRecipients)
  async recipients(
    @Input() { body }: ApiInput<typeof identity.mailRecipients>,
  ): Promise<ApiAnswer<typeof identity.mailRecipients>> {
    const [accounts, ledgers] = await Promise.all([
      this.accounts.findMany(body.accountIds),
      this.consents.findMany(body.accountIds),
    ])
    const ledgerOf = new Map(ledgers.map((ledger) => [ledger.id, ledger]))
    const consentsOf = (accountId: string) =>
      identity.consentPurpose.options.filter((purpose) =>
        isGranted(ledgerOf.get(accountId) ?? emptyLedger(accountId), purpose),
      )
    const items = accounts.map(({ id, email, emailVerifiedAt, emailChange, handle, locale, timeZone }) => ({
      accountId: id,
      email,
      emailVerified: emailVerifiedAt !== null,
      newEmail: emailChange && !emailChange.confirmedAt ? emailChange.email : null,
      handle,
      locale,
      timeZone,
      consents: consentsOf(id),
    }))
    return { items }
  }
}
