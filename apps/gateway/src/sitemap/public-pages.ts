import { media, profiles } from '@mpics/contracts'
import { PeerError, Peers } from '@mpics/service-kit'
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
  pages: PublicPage[]
  /** The place in the list where the next part begins. */
  next: string | null
}

const PER_PART = 80

/** Reads by the very calls that visitors make, so that it cannot name what they may not see. */
@Injectable()
export class PublicPages {
  constructor(private readonly peers: Peers) {}

  /** One call to one service. Undefined for a place that no list has. */
  async part(kind: Kind, cursor?: string): Promise<Part | undefined> {
    try {
      return await (kind === 'photos' ? this.photos(cursor) : this.people(cursor))
    } catch (error) {
      if (error instanceof PeerError && isOfPlace(error)) return undefined
      throw error
    }
  }

  private async photos(cursor: string | undefined): Promise<Part> {
    const query = { limit: PER_PART, cursor }
    const { items, nextCursor } = await this.peers.call(media.explorePhotos, { query })
    const pages = items.map(({ id, publishedAt, renditions }) => ({
      path: `/photos/${id}`,
      publishedAt: publishedAt ?? undefined,
      picture: renditions?.large.url,
    }))
    return { pages, next: nextCursor }
  }

  private async people(cursor: string | undefined): Promise<Part> {
    const query = { limit: PER_PART, cursor }
    const { items, nextCursor } = await this.peers.call(profiles.listPhotographers, { query })
    return { pages: items.map(({ handle }) => ({ path: `/@${handle}` })), next: nextCursor }
  }
}

const isOfPlace = ({ code }: PeerError): boolean => code === 'cursor-invalid' || code === 'input-invalid'
