import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { ChangingAccounts } from '../answers/changing-accounts.js'
import { forCaches } from './for-caches.js'

/** Caches drop what they hold after this, and hold nothing of the account until the other services have heard too. */
@EventConsumer()
export class DropAnswersOnAccountChange {
  constructor(private readonly changing: ChangingAccounts) {}

  @On(identity.accountLocked, forCaches)
  async locked({ data }: Envelope<typeof identity.accountLocked>): Promise<void> {
    this.changing.note(data.accountId)
  }

  @On(identity.accountUnlocked, forCaches)
  async unlocked({ data }: Envelope<typeof identity.accountUnlocked>): Promise<void> {
    this.changing.note(data.accountId)
  }

  @On(identity.closureRequested, forCaches)
  async closing({ data }: Envelope<typeof identity.closureRequested>): Promise<void> {
    this.changing.note(data.accountId)
  }

  @On(identity.accountErased, forCaches)
  async erased({ data }: Envelope<typeof identity.accountErased>): Promise<void> {
    this.changing.note(data.accountId)
  }

  @On(identity.closureCancelled, forCaches)
  async restored({ data }: Envelope<typeof identity.closureCancelled>): Promise<void> {
    this.changing.note(data.accountId)
  }
}
