import { media } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'

const READ_BACK_MS = 2_000
const heard = { idempotence: 'natural', delivery: 'every-replica', readBackMs: READ_BACK_MS, forCaches: true } as const

/** Hears for the caches alone, which drop what is stale after each reaction. */
@EventConsumer()
export class DropAnswersOnPhotoChange {
  @On(media.photoPublished, heard)
  async published(): Promise<void> {}

  @On(media.photoChanged, heard)
  async changed(): Promise<void> {}

  @On(media.photoRemoved, heard)
  async removed(): Promise<void> {}

  @On(media.photoRestored, heard)
  async restored(): Promise<void> {}
}
