import { media } from '@mpics/contracts'
import { droppedBy, Invalidation, type MemberIdentity, PeerError, Peers, type TaggedCache } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { z } from 'zod'
import { ChangingAccounts } from '../answers/changing-accounts.js'
import { onAccountChange } from '../answers/on-account-change.js'
import { Gathered } from '../compose/gathered.js'
import { type FixedPage, type NamedPage, namedPage, type PageKind } from './named-page.js'
import { PageNotFoundError } from './page-view.errors.js'
import { type NamedProfile, ProfilePages } from './profile-pages.js'

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
const MAX_PHOTOS = 80
/** Media refuses a question with another id in it, and so everybody who shares it. */
const photoId = z.uuid()

/** Asks the owners of photos and profiles whether a page exists for its viewer, and caches the answer until an event drops it. */
@Injectable()
export class ExistingPages {
  private readonly known: TaggedCache<ExistingPage>
  private readonly forVisitors = this.photosFor(null)

  constructor(
    private readonly peers: Peers,
    private readonly profiles: ProfilePages,
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
    const [page] = await this.findAll([path], viewer)
    if (!page) throw new PageNotFoundError()
    return page
  }

  /** In the order of the paths; undefined for a page that this viewer does not find. Photos are asked for together, and so are profiles. */
  findAll(paths: readonly string[], viewer?: MemberIdentity): Promise<(ExistingPage | undefined)[]> {
    const own = viewer && this.photosFor(viewer.accountId)
    return Promise.all(paths.map((path) => this.findOrUndefined(path, own)))
  }

  private findOrUndefined(path: string, own?: PhotosOf): Promise<ExistingPage | undefined> {
    const named = namedPage(path)
    const known = named ? this.knownPage(named) : undefined
    return named && !known ? this.findOne(named, own).catch(undefinedIfNone) : Promise.resolve(known)
  }

  /** For everybody. Most pages of a call for many are known. */
  private knownPage(named: NamedPage): ExistingPage | undefined {
    if ('key' in named) return fixedPage(named)
    return this.known.get(named.kind === 'profile' ? JSON.stringify(named) : named.photoId)
  }

  private async findOne(named: NamedPage, own?: PhotosOf): Promise<ExistingPage> {
    if ('key' in named) return fixedPage(named)
    if (named.kind === 'profile') return this.loaded(JSON.stringify(named), () => this.findProfile(named))
    return this.findPhoto(named.photoId, own)
  }

  /** Asks for everybody first: most photos are open to all, and one answer then serves all viewers. */
  private async findPhoto(photoId: string, own?: PhotosOf): Promise<ExistingPage> {
    const known = own && this.known.get(own.keyOf(photoId))
    if (known) return known
    try {
      return await this.loaded(photoId, () => this.forVisitors.find(photoId))
    } catch (error) {
      if (!own || !(error instanceof PageNotFoundError)) throw error
      return this.loaded(own.keyOf(photoId), () => own.find(photoId))
    }
  }

  private loaded(key: string, ask: () => Promise<ExistingPage>): Promise<ExistingPage> {
    return this.known.load(
      key,
      () => ask().catch(notFoundAs),
      ({ key, ownerId }) => this.changing.settled(ownerId === null ? [key] : [key, ownerId]),
    )
  }

  private photosFor(readerId: string | null): PhotosOf {
    return new PhotosOf(readerId, (ids) => this.askPhotos(ids, readerId))
  }

  private async askPhotos(ids: string[], readerId: string | null): Promise<ReadonlyMap<string, ExistingPage>> {
    const { items } = await this.peers
      .call(media.photoPages, { body: { ids, readerId } })
      .catch((error: unknown) => this.askEach(ids, readerId, error))
    return new Map(items.map(({ id, ownerId }) => [id, pageOfPhoto(id, ownerId)]))
  }

  /** A replica of the version before does not know the call for many. */
  private async askEach(ids: readonly string[], readerId: string | null, error: unknown) {
    if (!(error instanceof PeerError) || error.status !== 404) throw error
    const query = { readerId: readerId ?? undefined }
    const asked = ids.map((id) => this.peers.call(media.photoPage, { params: { id }, query }).catch(undefinedIfNone))
    return { items: (await Promise.all(asked)).filter((page) => page !== undefined) }
  }

  private async findProfile(named: NamedProfile): Promise<ExistingPage> {
    const id = await this.profiles.idOf(named)
    if (id === undefined) throw new PageNotFoundError()
    return pageOfProfile(id)
  }
}

/** The photos that one viewer may see; questions of one moment make one call. */
class PhotosOf {
  private readonly gathered: Gathered<ExistingPage>

  constructor(
    private readonly readerId: string | null,
    ask: (ids: string[]) => Promise<ReadonlyMap<string, ExistingPage>>,
  ) {
    this.gathered = new Gathered(ask, MAX_PHOTOS)
  }

  keyOf(photoId: string): string {
    return `${photoId} ${this.readerId}`
  }

  async find(id: string): Promise<ExistingPage> {
    const page = photoId.safeParse(id).success ? (await this.gathered.load([id])).get(id) : undefined
    if (!page) throw new PageNotFoundError()
    return page
  }
}

const fixedPage = ({ key, kind }: FixedPage): ExistingPage => ({ key, kind, subjectId: null, ownerId: null })
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

const isNone = (error: unknown) => error instanceof PeerError && (error.status === 404 || error.status === 422)

function notFoundAs(error: unknown): never {
  if (isNone(error)) throw new PageNotFoundError()
  throw error
}

function undefinedIfNone(error: unknown): undefined {
  if (!isNone(error) && !(error instanceof PageNotFoundError)) throw error
}
