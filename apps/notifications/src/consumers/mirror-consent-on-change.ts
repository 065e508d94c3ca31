import { consentChanged, type Envelope } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { ConsentMirrorRepository } from '../settings/consent-mirror.repository.js'

/** Shows the consents of identity among the mail settings; sending itself asks identity. */
@EventConsumer()
export class MirrorConsentOnChange {
  constructor(private readonly consents: ConsentMirrorRepository) {}

  @On(consentChanged, { idempotence: 'natural' })
  async handle({ subject, sequence, data }: Envelope<typeof consentChanged>): Promise<void> {
    await this.consents.mirror(subject, sequence, data.granted)
  }
}
