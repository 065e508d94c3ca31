import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { isHidden } from '../accounts/account-status.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { openEmailChangeOf } from '../accounts/email-change.js'
import { emptyLedger, isGranted } from '../consents/consent.js'
import { ConsentRepository } from '../consents/consent.repository.js'
import { PoliciesInForce } from '../policies/policies-in-force.js'

/** Notifications asks at the moment of sending, so that the latest change or withdrawal counts (B19, B53). */
@Controller()
export class MailRecipientsController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly consents: ConsentRepository,
    private readonly policies: PoliciesInForce,
  ) {}

  @Endpoint(identity.mailRecipients)
  async recipients(
    @Input() { body }: ApiInput<typeof identity.mailRecipients>,
  ): Promise<ApiAnswer<typeof identity.mailRecipients>> {
    const [accounts, ledgers, policyVersion] = await Promise.all([
      this.accounts.findMany(body.accountIds),
      this.consents.findMany(body.accountIds),
      this.policies.privacyVersion(),
    ])
    const ledgerOf = new Map(ledgers.map((ledger) => [ledger.id, ledger]))
    const consentsOf = (account: Account) =>
      identity.consentPurpose.options.filter(
        (purpose) => !isHidden(account) && isGranted(ledgerOf.get(account.id) ?? emptyLedger(account.id), purpose),
      )
    const items = accounts
      .filter(({ erasure }) => !erasure)
      .map((account) => ({
        accountId: account.id,
        email: account.email,
        emailVerified: account.emailVerifiedAt !== null,
        newEmail: openEmailChangeOf(account)?.email ?? null,
        handle: account.handle,
        locale: account.locale,
        timeZone: account.timeZone,
        consents: consentsOf(account),
        hidden: isHidden(account),
      }))
    return { items, policyVersion }
  }
}
