import { media, profiles } from '@mpics/contracts'
import { droppedBy, Invalidation, type TaggedCache } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import { MissingParts } from '../failures/missing-parts.js'
import type { EdgeRoute } from '../routes/edge-route.js'
import { ChangingAccounts } from './changing-accounts.js'
import { onAccountChange } from './on-account-change.js'

const CACHE_BYTES = 16 * 1024 * 1024
/** Stands for every list that a photo may come into. */
export const LISTS = 'lists'

const ofPhoto = ({ data }: { data: { photoId: string; ownerId: string } }) => [data.photoId, data.ownerId, LISTS]
const ofProfile = ({ data }: { data: { profileId: string } }) => [data.profileId]
export const ofHandle = (handle: string): string => `@${handle.toLowerCase()}`

/**
 * What a visitor sees is the same for all visitors. One request asks for all that come meanwhile, and the answer is held for
 * parts of a second, unless a part is missing, or an event or a change that this replica passed on makes it stale. A tag is an id.
 */
@Injectable()
export class PublicAnswers {
  private readonly held: TaggedCache<object> | null

  constructor(
    { GATEWAY_PUBLIC_ANSWER_MS: ttlMs }: GatewayConfig,
    private readonly missing: MissingParts,
    private readonly changing: ChangingAccounts,
    invalidation: Invalidation,
  ) {
    const options = {
      name: 'public answers',
      maxBytes: CACHE_BYTES,
      droppedBy: [
        droppedBy(media.photoPublished, ofPhoto),
        droppedBy(media.photoChanged, ofPhoto),
        droppedBy(media.photoRemoved, ofPhoto),
        droppedBy(media.photoRestored, ofPhoto),
        droppedBy(profiles.profileChanged, ofProfile),
        droppedBy(profiles.profileVisibilityChanged, ofProfile),
        ...onAccountChange((accountId) => [accountId, LISTS]),
      ],
    }
    this.held = ttlMs > 0 ? invalidation.cache<object>({ ...options, ttlMs }) : null
  }

  /** `ask` must not depend on who asks, nor on anything of the request that is not in `key`. */
  async get<T extends object>(
    key: string,
    ask: () => Promise<T>,
    tagsOf: (answer: T) => readonly string[],
  ): Promise<T> {
    if (!this.held) return ask()
    let isWhole = true
    const askWatched = async () => {
      const asked = await this.missing.watch(ask)
      isWhole = asked.isWhole
      return asked.answer
    }
    return (await this.held.load(key, askWatched, (answer) =>
      isWhole ? this.changing.settled(tagsOf(answer as T)) : null,
    )) as T
  }

  /** Whoever has changed something sees it at once; other replicas hear of it from Kafka. */
  after({ api }: EdgeRoute, { caller, params }: FastifyRequest): void {
    if (!this.held || api.method === 'GET') return
    const { id, handle } = params as { id?: string; handle?: string }
    const tags = [caller?.member?.accountId, id, handle && ofHandle(handle), api.service === 'media' && LISTS]
    for (const tag of tags) if (tag) this.held.drop(tag)
  }
}
