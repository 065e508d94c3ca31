import { identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { forCaches } from './for-caches.js'

@EventConsumer()
export class DropAnswersOnAccountChange {
  @On(identity.accountLocked, forCaches)
  async locked(): Promise<void> {}

  @On(identity.accountUnlocked, forCaches)
  async unlocked(): Promise<void> {}

  @On(identity.closureRequested, forCaches)
  async closing(): Promise<void> {}

  @On(identity.closureCancelled, forCaches)
  async restored(): Promise<void> {}
}
