import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { Restores } from '@mpics/mongo'
import { AccountRepository } from '../accounts/account.repository.js'
import { ChangeConsent } from '../consents/change-consent.js'

/** A withdrawal that a restore has lost is entered again, so that nothing leaves by a consent that was ended. */
@EventConsumer()
export class KeepWithdrawnAfterRestore {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly changeConsent: ChangeConsent,
    private readonly restores: Restores,
  ) {}

  @On(identity.consentChanged, { idempotence: 'natural' })
  async handle({ time, data }: Envelope<typeof identity.consentChanged>): Promise<void> {
    const { accountId, granted, noticeVersion } = data
    const { data: purpose } = identity.consentPurpose.safeParse(data.purpose)
    if (granted || !purpose || !this.restores.isLost(new Date(time))) return
    // the account may have come since the backup: then it is lost as well
    if (await this.accounts.find(accountId))
      await this.changeConsent.execute(accountId, { purpose, granted, noticeVersion })
  }
}
