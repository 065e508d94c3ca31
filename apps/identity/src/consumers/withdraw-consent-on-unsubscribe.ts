import { type Envelope, identity, notifications } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { ChangeConsent } from '../consents/change-consent.js'

/** Notifications sends no such mail any more; here the ledger learns of it. */
@EventConsumer()
export class WithdrawConsentOnUnsubscribe {
  constructor(private readonly changing: ChangeConsent) {}

  @On(notifications.unsubscribeRequested, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof notifications.unsubscribeRequested>): Promise<void> {
    const { accountId, purpose, requestedAt } = data
    if (identity.consentPurposes.isKnown(purpose))
      await this.changing.withdraw(accountId, { purpose, requestedAt, surface: 'one-click' })
  }
}
