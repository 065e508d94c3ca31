import type { Envelope, EventDefinition } from '@mpics/contracts'
import { EventServer } from '@mpics/eventing'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { type CacheBounds, TaggedCache } from './tagged-cache.js'

export interface Drop {
  readonly event: EventDefinition
  readonly tagsOf: (envelope: Envelope) => readonly string[]
}

/** `droppedBy(sessionRevoked, ({ data }) => [data.sessionId])`: the event drops the entries with these tags. */
export const droppedBy = <E extends EventDefinition<never> | EventDefinition>(
  event: E,
  tagsOf: (envelope: Envelope<E>) => readonly string[],
): Drop => ({ event, tagsOf })

export interface CacheOptions extends CacheBounds {
  readonly name: string
  readonly droppedBy: readonly Drop[]
}

/**
 * Each cache says which events drop which entries; each replica drops them after its reaction. A service does not start if only one
 * replica would hear a cache's events.
 */
@Injectable()
export class Invalidation implements OnApplicationBootstrap {
  private readonly drops = new Map<string, ((envelope: Envelope) => void)[]>()
  private readonly caches: CacheOptions[] = []

  constructor(private readonly events: EventServer) {
    // afterwards, or a load in between would cache data that the reaction is about to replace
    events.afterEach((envelope) => this.apply(envelope))
  }

  cache<V>(options: CacheOptions): TaggedCache<V> {
    const cache = new TaggedCache<V>(options)
    this.caches.push(options)
    for (const { event, tagsOf } of options.droppedBy) {
      const drop = (envelope: Envelope) => tagsOf(envelope).forEach((tag) => cache.drop(tag))
      this.drops.set(event.type, [...(this.drops.get(event.type) ?? []), drop])
    }
    return cache
  }

  private apply(envelope: Envelope): void {
    for (const drop of this.drops.get(envelope.type) ?? []) drop(envelope)
  }

  onApplicationBootstrap(): void {
    const heard = this.events.handlers
      .filter(({ delivery }) => delivery === 'every-replica')
      .map(({ event }) => event.type)
    for (const { name, droppedBy: drops } of this.caches)
      for (const { event } of drops)
        if (!heard.includes(event.type))
          throw new TypeError(
            `The cache ${name} is dropped by ${event.type}, which no reaction hears in every replica.`,
          )
  }
}
