import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { isHidden } from '../accounts/account-status.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { openEmailChangeOf } from '../accounts/email-change.js'
import { isGranted, latestConsent } from '../consents/consent.js'
import { emptyLedger } from '../ledger/ledger-entry.js'
import { LedgerRepository } from '../ledger/ledger.repository.js'
import { PoliciesInForce } from '../policies/policies-in-force.js'

/** Notifications asks at the moment of sending, so that the latest change or withdrawal counts (B19, B53). */
@Controller()
export class MailRecipientsController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly ledgers: LedgerRepository,
    private readonly policies: PoliciesInForce,
  ) {}

  @Endpoint(identity.mailRecipients)
  async recipients(
    @Input() { body }: ApiInput<typeof identity.mailRecipients>,
  ): Promise<ApiAnswer<typeof identity.mailRecipients>> {
    const [accounts, ledgers, policyVersion] = await Promise.all([
      this.accounts.findMany(body.accountIds),
      this.ledgers.findMany(body.accountIds),
      this.policies.privacyVersion(),
    ])
    const ledgerOf = new Map(ledgers.map((ledger) => [ledger.id, ledger]))
    const givenBy = (account: Account) => {
      const ledger = ledgerOf.get(account.id) ?? emptyLedger(account.id)
      const given = identity.consentPurpose.options.filter(
        (purpose) => !isHidden(account) && isGranted(ledger, purpose),
      )
      return given.map((purpose) => [purpose, latestConsent(ledger, purpose)!.payload!.changedAt] as const)
    }
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
        consents: givenBy(account).map(([purpose]) => purpose),
        consentsGivenAt: Object.fromEntries(givenBy(account)),
        hidden: isHidden(account),
      }))
    return { items, policyVersion }
  }
}
