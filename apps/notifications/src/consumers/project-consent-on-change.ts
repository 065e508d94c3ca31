import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { ConsentProjectionRepository } from '../settings/consent-projection.repository.js'
import { consentCategories, forgetRefusal } from '../settings/settings.js'
import { SettingsRepository } from '../settings/settings.repository.js'

/** Shows the consents of identity among the mail settings; sending itself asks identity. */
@EventConsumer()
export class ProjectConsentOnChange {
  constructor(
    private readonly consents: ConsentProjectionRepository,
    private readonly settings: SettingsRepository,
  ) {}

  @On(identity.consentChanged, { idempotence: 'natural' })
  async handle({ subject, sequence, data }: Envelope<typeof identity.consentChanged>): Promise<void> {
    const { accountId, purpose, granted, changedAt } = data
    const category = consentCategories.find((each) => purpose === `email-${each}`)
    if (granted && category)
      await this.settings.change(accountId, (current) => forgetRefusal(current, category, changedAt))
    await this.consents.project(subject, sequence, granted)
  }
}
