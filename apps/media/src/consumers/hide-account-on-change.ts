import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { HidePhotos } from '../photos/hide-photos.js'

interface Change {
  sequence?: number | undefined
  data: { accountId: string; hidden: boolean }
}

/** Natural: each event says the whole of it, and the latest by its sequence counts. */
@EventConsumer()
export class HideAccountOnChange {
  constructor(private readonly hide: HidePhotos) {}

  @On(identity.accountLocked, { idempotence: 'natural' })
  locked(event: Envelope<typeof identity.accountLocked>): Promise<void> {
    return this.note(event)
  }

  @On(identity.accountUnlocked, { idempotence: 'natural' })
  unlocked(event: Envelope<typeof identity.accountUnlocked>): Promise<void> {
    return this.note(event)
  }

  @On(identity.closureRequested, { idempotence: 'natural' })
  closing(event: Envelope<typeof identity.closureRequested>): Promise<void> {
    return this.note(event)
  }

  @On(identity.closureCancelled, { idempotence: 'natural' })
  restored(event: Envelope<typeof identity.closureCancelled>): Promise<void> {
    return this.note(event)
  }

  private note({ sequence, data: { accountId, hidden } }: Change): Promise<void> {
    return this.hide.execute(accountId, sequence, hidden)
  }
}
