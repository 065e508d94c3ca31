import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { HidePhotos } from '../photos/hide-photos.js'

type Change = Envelope<(typeof identity.standingFacts)[number]>

/** Natural: each event says the whole of it, and the latest by its sequence counts. */
@EventConsumer()
export class HideAccountOnChange {
  constructor(private readonly hide: HidePhotos) {}

  @On(identity.standingFacts, { idempotence: 'natural' })
  async handle({ sequence, data: { accountId, hidden } }: Change): Promise<void> {
    await this.hide.execute(accountId, sequence, hidden)
  }
}
