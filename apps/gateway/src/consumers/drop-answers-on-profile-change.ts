import { profiles } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { forCaches } from './for-caches.js'

@EventConsumer()
export class DropAnswersOnProfileChange {
  @On(profiles.profileChanged, forCaches)
  async changed(): Promise<void> {}

  @On(profiles.profileVisibilityChanged, forCaches)
  async visibilityChanged(): Promise<void> {}
}
