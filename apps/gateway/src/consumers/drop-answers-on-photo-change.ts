import { media } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { forCaches } from './for-caches.js'

@EventConsumer()
export class DropAnswersOnPhotoChange {
  @On(media.photoPublished, forCaches)
  async published(): Promise<void> {}

  @On(media.photoChanged, forCaches)
  async changed(): Promise<void> {}

  @On(media.photoRemoved, forCaches)
  async removed(): Promise<void> {}

  @On(media.photoRestored, forCaches)
  async restored(): Promise<void> {}
}
