import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { ConsentProjectionRepository } from '../settings/consent-projection.repository.js'

/** Shows the consents of identity among the mail settings; sending itself asks identity. */
@EventConsumer()
export class MirrorConsentOnChange {
  constructor(private readonly consents: ConsentProjectionRepository) {}

  @On(identity.consentChanged, { idempotence: 'natural' })
  async handle({ subject, sequence, data }: Envelope<typeof identity.consentChanged>): Promise<void> {
    await this.consents.project(subject, sequence, data.granted)
  }
}
