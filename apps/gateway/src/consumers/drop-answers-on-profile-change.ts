import { profiles } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { forCaches } from './for-caches.js'

@EventConsumer()
export class DropAnswersOnProfileChange {
  @On([profiles.profileChanged, profiles.profileVisibilityChanged], forCaches)
  async changed(): Promise<void> {}
}
