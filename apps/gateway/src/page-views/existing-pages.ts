import { photoPage, profileExists, resolveHandle } from '@mpics/contracts'
import { type MemberIdentity, PeerError, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { LRUCache } from 'lru-cache'
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

/** Asks the owners of photos and profiles whether a page exists for its viewer, and caches the answer for seconds. */
@Injectable()
export class ExistingPages {
  private readonly known = new LRUCache<string, ExistingPage>({ max: 20_000, ttl: TTL_MS })

  constructor(private readonly peers: Peers) {}

  async find(path: string, viewer?: MemberIdentity): Promise<ExistingPage> {
    const named = namedPage(path)
    if (!named) throw new PageNotFoundError()
    if ('key' in named) return { key: named.key, kind: named.kind, subjectId: null, ownerId: null }
    const key = `${JSON.stringify(named)} ${viewer?.accountId ?? ''}`
    const known = this.known.get(key)
    if (known) return known
    const page = await this.ask(named, viewer).catch(notFoundAs)
    this.known.set(key, page)
    return page
  }

  private async ask(page: Exclude<NamedPage, { key: string }>, viewer?: MemberIdentity): Promise<ExistingPage> {
    if (page.kind === 'photo') {
      const query = { readerId: viewer?.accountId }
      const { id, ownerId } = await this.peers.call(photoPage, { params: { id: page.photoId }, query })
      return { key: `/photos/${id}`, kind: 'photo', subjectId: id, ownerId }
    }
    if ('handle' in page) return profile((await this.peers.call(resolveHandle, { params: { handle: page.handle } })).id)
    await this.peers.call(profileExists, { params: { id: page.profileId } })
    return profile(page.profileId)
  }
}

const profile = (id: string): ExistingPage => ({ key: `/profiles/${id}`, kind: 'profile', subjectId: id, ownerId: id })

function notFoundAs(error: unknown): never {
  if (error instanceof PeerError && (error.status === 404 || error.status === 422)) throw new PageNotFoundError()
  throw error
}
