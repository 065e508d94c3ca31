import { media } from '@mpics/contracts'
import { droppedBy, Invalidation, type MemberIdentity, Peers, type TaggedCache } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { ChangingAccounts } from '../answers/changing-accounts.js'
import { onAccountChange } from '../answers/on-account-change.js'
import { type FixedPage, type NamedPage, namedPage, type PageKind } from './named-page.js'
import { isNone, undefinedIfNone } from './no-such-page.js'
import { PageNotFoundError } from './page-view.errors.js'
import { PhotoPages } from './photo-pages.js'
import { type NamedProfile, ProfilePages } from './profile-pages.js'

/** A page that exists for this viewer. */
export interface ExistingPage {
  /** Path with ids, never handles. */
  key: string
  kind: PageKind
  subjectId: string | null
  ownerId: string | null
}

/** Bounds how long a page can still be viewed whose event is late. */
const TTL_MS = 10_000
const CACHE_BYTES = 4 * 1024 * 1024

type OwnedPage = Exclude<NamedPage, FixedPage>
type Found = ExistingPage | undefined

/** Asks the owners of photos and profiles whether a page exists for its viewer, and caches what everybody may see until an event drops it. */
@Injectable()
export class ExistingPages {
  private readonly known: TaggedCache<ExistingPage>
  private readonly forVisitors: PhotoPages

  constructor(
    private readonly peers: Peers,
    private readonly profiles: ProfilePages,
    private readonly changing: ChangingAccounts,
    invalidation: Invalidation,
  ) {
    this.forVisitors = new PhotoPages(peers, null)
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
    const [page] = await this.findAll([path], viewer)
    if (!page) throw new PageNotFoundError()
    return page
  }

  /** In the order of the paths; undefined for a page that this viewer does not find. Photos are asked for together, and so are profiles. */
  findAll(paths: readonly string[], viewer?: MemberIdentity): Promise<Found[]> {
    const own = viewer && new PhotoPages(this.peers, viewer.accountId)
    const found = paths.map((path) => this.knownOrAsked(path, own))
    return areKnown(found) ? Promise.resolve(found) : Promise.all(found.map((page) => Promise.resolve(page)))
  }

  /** What is known is so for everybody. Most pages of a call for many are known: those take no promise. */
  private knownOrAsked(path: string, own?: PhotoPages): Found | Promise<Found> {
    const named = namedPage(path)
    if (!named) return undefined
    if ('key' in named) return { key: named.key, kind: named.kind, subjectId: null, ownerId: null }
    const key = named.kind === 'profile' ? JSON.stringify(named) : named.photoId
    return this.known.get(key) ?? this.findOne(named, key, own).catch(undefinedIfNone)
  }

  private async findOne(named: OwnedPage, key: string, own?: PhotoPages): Promise<ExistingPage> {
    if (named.kind === 'profile') return this.loaded(key, () => this.findProfile(named))
    return this.findPhoto(named.photoId, own)
  }

  /**
   * Asks for everybody first: most photos are open to all, and one answer then serves all viewers. What only some may see is not
   * remembered, since this replica does not hear of follows that end.
   */
  private async findPhoto(photoId: string, own?: PhotoPages): Promise<ExistingPage> {
    try {
      return await this.loaded(photoId, () => pageAmong(this.forVisitors, photoId))
    } catch (error) {
      if (!own || !(error instanceof PageNotFoundError)) throw error
      return pageAmong(own, photoId).catch(notFoundAs)
    }
  }

  private loaded(key: string, ask: () => Promise<ExistingPage>): Promise<ExistingPage> {
    return this.known.load(
      key,
      () => ask().catch(notFoundAs),
      ({ key, ownerId }) => this.changing.settled(ownerId === null ? [key] : [key, ownerId]),
    )
  }

  private async findProfile(named: NamedProfile): Promise<ExistingPage> {
    const id = await this.profiles.idOf(named)
    if (id === undefined) throw new PageNotFoundError()
    return pageOfProfile(id)
  }
}

const areKnown = (found: (Found | Promise<Found>)[]): found is Found[] =>
  found.every((page) => !(page instanceof Promise))

async function pageAmong(photos: PhotoPages, id: string): Promise<ExistingPage> {
  const ownerId = await photos.ownerOf(id)
  if (ownerId === undefined) throw new PageNotFoundError()
  return pageOfPhoto(id, ownerId)
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
  if (isNone(error)) throw new PageNotFoundError()
  throw error
}
