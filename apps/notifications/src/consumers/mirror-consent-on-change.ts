import { consentChanged, type Envelope } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { SettingsRepository } from '../settings/settings.repository.js'

/** Shows the consents of identity among the mail settings; sending itself asks identity. */
@EventConsumer()
export class MirrorConsentOnChange {
  constructor(private readonly settings: SettingsRepository) {}

  @On(consentChanged, { idempotence: 'natural' })
  async handle({ subject, sequence, data }: Envelope<typeof consentChanged>): Promise<void> {
    await this.settings.mirrorConsent(subject, sequence, data.granted)
  }
}
