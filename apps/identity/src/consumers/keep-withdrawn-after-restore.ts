import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { ChangeConsent } from '../consents/change-consent.js'
import { again } from './again.js'

/** Enters a withdrawal again, so that nothing leaves by a consent that was ended. An answer of after the restore stands. */
@EventConsumer()
export class KeepWithdrawnAfterRestore {
  constructor(private readonly changing: ChangeConsent) {}

  @On(identity.consentChanged, { ...again, idempotence: 'natural' })
  async handle({ data }: Envelope<typeof identity.consentChanged>): Promise<void> {
    const { accountId, purpose, granted, changedAt: requestedAt } = data
    if (!granted && identity.consentPurposes.isKnown(purpose))
      await this.changing.withdraw(accountId, { purpose, requestedAt, surface: 'api' })
  }
}
