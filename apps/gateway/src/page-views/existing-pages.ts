import { media, profiles } from '@mpics/contracts'
import { Invalidation, type MemberIdentity, PeerError, Peers, type TaggedCache } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
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

/** Bounds how long a removed or hidden page can still be viewed. */
const TTL_MS = 10_000
const CACHE_BYTES = 4 * 1024 * 1024

/** Asks the owners of photos and profiles whether a page exists for its viewer, and caches the answer for seconds. */
@Injectable()
export class ExistingPages {
  private readonly known: TaggedCache<ExistingPage>

  constructor(
    private readonly peers: Peers,
    invalidation: Invalidation,
  ) {
    this.known = invalidation.cache({ name: 'existing pages', maxBytes: CACHE_BYTES, ttlMs: TTL_MS, droppedBy: [] })
  }

  async find(path: string, viewer?: MemberIdentity): Promise<ExistingPage> {
    const named = namedPage(path)
    if (!named) throw new PageNotFoundError()
    if ('key' in named) return { key: named.key, kind: named.kind, subjectId: null, ownerId: null }
    const key = `${JSON.stringify(named)} ${viewer?.accountId ?? ''}`
    const ask = () => this.ask(named, viewer).catch(notFoundAs)
    return this.known.load(key, ask, (page) => [page.key])
  }

  private async ask(page: Exclude<NamedPage, { key: string }>, viewer?: MemberIdentity): Promise<ExistingPage> {
    if (page.kind === 'photo') {
      const query = { readerId: viewer?.accountId }
      const { id, ownerId } = await this.peers.call(media.photoPage, { params: { id: page.photoId }, query })
      return { key: `/photos/${id}`, kind: 'photo', subjectId: id, ownerId }
    }
    if ('handle' in page)
      return profile((await this.peers.call(profiles.resolveHandle, { params: { handle: page.handle } })).id)
    await this.peers.call(profiles.profileExists, { params: { id: page.profileId } })
    return profile(page.profileId)
  }
}

const profile = (id: string): ExistingPage => ({ key: `/profiles/${id}`, kind: 'profile', subjectId: id, ownerId: id })

function notFoundAs(error: unknown): never {
  if (error instanceof PeerError && (error.status === 404 || error.status === 422)) throw new PageNotFoundError()
  throw error
}
