import { media } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { forCaches } from './for-caches.js'

@EventConsumer()
export class DropAnswersOnPhotoChange {
  @On([media.photoPublished, media.photoChanged, media.photoRemoved, media.photoRestored], forCaches)
  async changed(): Promise<void> {}
}
