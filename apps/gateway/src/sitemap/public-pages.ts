import { media, profiles } from '@mpics/contracts'
import { Clock, PeerError, Peers, UnavailableError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'

/** A page that a visitor may see today; the sitemap needs no more of it. */
export interface PublicPage {
  path: string
  publishedAt?: string
  picture?: string
}

export const kinds = ['photos', 'people'] as const
export type Kind = (typeof kinds)[number]

interface Part {
  items: PublicPage[]
  nextCursor: string | null
}

const SPAN_MS = 600_000
const MOST_PAGES = 50_000
const PER_CALL = 80

/**
 * Reads by the very calls that visitors make, so that it cannot name what they may not see: the latest pages of each kind. Crawlers
 * come to older ones by the links of the site.
 */
@Injectable()
export class PublicPages {
  private readonly lists = new Map<Kind, { span: number; pages: Promise<PublicPage[]> }>()

  constructor(
    private readonly peers: Peers,
    private readonly clock: Clock,
  ) {}

  /** Seconds for which a list that is given now is still the current one. */
  secondsLeft(): number {
    return Math.ceil((SPAN_MS - (this.clock.now().getTime() % SPAN_MS)) / 1000)
  }

  of(kind: Kind): Promise<PublicPage[]> {
    const span = Math.floor(this.clock.now().getTime() / SPAN_MS)
    const known = this.lists.get(kind)
    if (known?.span === span) return known.pages
    const made = { span, pages: this.read(kind) }
    this.lists.set(kind, made)
    made.pages.catch(() => this.lists.get(kind) === made && this.lists.delete(kind))
    return made.pages
  }

  private async read(kind: Kind): Promise<PublicPage[]> {
    const pages: PublicPage[] = []
    const next = kind === 'photos' ? this.photos : this.people
    for (let cursor: string | undefined; pages.length < MOST_PAGES;) {
      const { items, nextCursor } = await next(cursor).catch(asAway)
      pages.push(...items)
      if (nextCursor === null) break
      cursor = nextCursor
    }
    return pages
  }

  private readonly photos = async (cursor: string | undefined): Promise<Part> => {
    const { items, nextCursor } = await this.peers.call(media.explorePhotos, { query: { limit: PER_CALL, cursor } })
    const pages = items.map(({ id, publishedAt, renditions }) => ({
      path: `/photos/${id}`,
      publishedAt: publishedAt ?? undefined,
      picture: renditions?.large.url,
    }))
    return { items: pages, nextCursor }
  }

  private readonly people = async (cursor: string | undefined): Promise<Part> => {
    const query = { limit: PER_CALL, cursor }
    const { items, nextCursor } = await this.peers.call(profiles.listPhotographers, { query })
    return { items: items.map(({ handle }) => ({ path: `/@${handle}` })), nextCursor }
  }
}

/** A refusal is not of the crawler's making: it asked for no cursor. */
function asAway(error: unknown): never {
  throw error instanceof PeerError ? new UnavailableError() : error
}
