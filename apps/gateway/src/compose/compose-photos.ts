import type { media } from '@mpics/contracts'
import type { MemberIdentity } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { z } from 'zod'
import { type ProfileCard, Enrichments } from './enrichments.js'
import type { Views } from './page-totals.js'

type Photo = Pick<z.input<typeof media.photoSummary>, 'id' | 'owner' | 'views'>
const photoKey = (id: string) => `/photos/${id}`

export const tagsOfPhotos = (photos: readonly Photo[]): string[] => photos.flatMap(({ id, owner }) => [id, owner.id])

/** Sets `views` to null while analytics is away, and leaves it out while the operator hides the numbers. */
export function withViews<T extends object>(item: T, views: ReadonlyMap<string, Views> | null, page: string) {
  if (views === null) return { ...item, views: null }
  const known = views.get(page)
  return known ? { ...item, views: known } : item
}

/** Adds owners’ cards and view counts to the photos of media. */
@Injectable()
export class ComposePhotos {
  constructor(private readonly enrichments: Enrichments) {}

  async execute<P extends Photo>(photos: readonly P[], viewer?: MemberIdentity): Promise<P[]> {
    const [named, views] = await Promise.all([
      this.named(photos, viewer),
      this.enrichments.views(photos.map(({ id }) => photoKey(id))),
    ])
    return named.map((photo) => withViews(photo, views, photoKey(photo.id)))
  }

  async named<P extends Photo>(photos: readonly P[], viewer?: MemberIdentity): Promise<P[]> {
    const owners = photos.map(({ owner }) => owner.id)
    const cards = await this.enrichments.cards(owners, viewer)
    return photos.map((photo) => withCard(photo, cards?.get(photo.owner.id)))
  }
}

export function withCard<P extends Photo>(photo: P, card: ProfileCard | undefined): P {
  return card ? { ...photo, owner: { ...photo.owner, handle: card.handle, fullName: card.fullName } } : photo
}
