import { profiles } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'

const READ_BACK_MS = 2_000
const heard = { idempotence: 'natural', delivery: 'every-replica', readBackMs: READ_BACK_MS, forCaches: true } as const

/** Hears for the caches alone, which drop what is stale after each reaction. */
@EventConsumer()
export class DropAnswersOnProfileChange {
  @On(profiles.profileChanged, heard)
  async changed(): Promise<void> {}

  @On(profiles.profileVisibilityChanged, heard)
  async visibilityChanged(): Promise<void> {}
}
