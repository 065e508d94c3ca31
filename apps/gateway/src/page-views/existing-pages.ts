import { media, profiles } from '@mpics/contracts'
import { droppedBy, Invalidation, type MemberIdentity, PeerError, Peers, type TaggedCache } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { ChangingAccounts } from '../answers/changing-accounts.js'
import { onAccountChange } from '../answers/on-account-change.js'
import { type NamedPage, namedPage, type PageKind } from './named-page.js'
import { PageNotFoundError } from './page-view.errors.js'

/** A page that exists for this viewer. */
export interface ExistingPage {
  /** Path with ids, never handles. */
  key: string
  kind: PageKind
  subjectId: string | null
  ownerId: string | null
}

/** Bounds how long a page can still be viewed that no event tells of: an erased account's, or one that fewer may see. */
const TTL_MS = 10_000
const CACHE_BYTES = 4 * 1024 * 1024

/** Asks the owners of photos and profiles whether a page exists for its viewer, and caches the answer until an event drops it. */
@Injectable()
export class ExistingPages {
  private readonly known: TaggedCache<ExistingPage>

  constructor(
    private readonly peers: Peers,
    private readonly changing: ChangingAccounts,
    invalidation: Invalidation,
  ) {
    this.known = invalidation.cache({
      name: 'existing pages',
      maxBytes: CACHE_BYTES,
      ttlMs: TTL_MS,
      droppedBy: [
        droppedBy(media.photoChanged, ({ data }) => [photoPage(data.photoId)]),
        droppedBy(media.photoRemoved, ({ data }) => [photoPage(data.photoId)]),
        ...onAccountChange((accountId) => [accountId]),
      ],
    })
  }

  async find(path: string, viewer?: MemberIdentity): Promise<ExistingPage> {
    const named = namedPage(path)
    if (!named) throw new PageNotFoundError()
    if ('key' in named) return { key: named.key, kind: named.kind, subjectId: null, ownerId: null }
    if (named.kind === 'profile') return this.loaded(JSON.stringify(named), () => this.askProfile(named))
    return this.findPhoto(named.photoId, viewer?.accountId)
  }

  /** Asks for everybody first: most photos are open to all, and one answer then serves all viewers. */
  private async findPhoto(photoId: string, viewerId?: string): Promise<ExistingPage> {
    const own = `${photoId} ${viewerId}`
    const known = this.known.get(own)
    if (known) return known
    try {
      return await this.loaded(photoId, () => this.askPhoto(photoId))
    } catch (error) {
      if (viewerId === undefined || !(error instanceof PageNotFoundError)) throw error
      return this.loaded(own, () => this.askPhoto(photoId, viewerId))
    }
  }

  private loaded(key: string, ask: () => Promise<ExistingPage>): Promise<ExistingPage> {
    return this.known.load(
      key,
      () => ask().catch(notFoundAs),
      ({ key, ownerId }) => this.changing.settled(ownerId === null ? [key] : [key, ownerId]),
    )
  }

  private async askPhoto(photoId: string, readerId?: string): Promise<ExistingPage> {
    const { id, ownerId } = await this.peers.call(media.photoPage, { params: { id: photoId }, query: { readerId } })
    return pageOfPhoto(id, ownerId)
  }

  private async askProfile(page: Extract<NamedPage, { kind: 'profile' }>): Promise<ExistingPage> {
    if ('handle' in page)
      return pageOfProfile((await this.peers.call(profiles.resolveHandle, { params: { handle: page.handle } })).id)
    await this.peers.call(profiles.profileExists, { params: { id: page.profileId } })
    return pageOfProfile(page.profileId)
  }
}

const photoPage = (id: string) => `/photos/${id}`
export const pageOfPhoto = (id: string, ownerId: string): ExistingPage => ({
  key: photoPage(id),
  kind: 'photo',
  subjectId: id,
  ownerId,
})
export const pageOfProfile = (id: string): ExistingPage => ({
  key: `/profiles/${id}`,
  kind: 'profile',
  subjectId: id,
  ownerId: id,
})

function notFoundAs(error: unknown): never {
  if (error instanceof PeerError && (error.status === 404 || error.status === 422)) throw new PageNotFoundError()
  throw error
}
