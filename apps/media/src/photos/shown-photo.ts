import type { photoSummary, shownPhoto } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import type { z } from 'zod'
import { RenditionLinks } from './rendition-links.js'
import type { Photo } from './photo.js'

export type ShownPhoto = z.input<typeof shownPhoto>
export type PhotoSummary = z.input<typeof photoSummary>

/** What readers are shown of a photo that they may see; the one place where documents become answers. */
@Injectable()
export class ShowPhoto {
  constructor(private readonly links: RenditionLinks) {}

  whole(photo: Photo, readerId: string | undefined): ShownPhoto {
    const { description, tags, place, licence, picture } = photo
    return { ...this.summary(photo, readerId), description, tags, place, licence, camera: picture?.camera ?? null }
  }

  summary(photo: Photo, readerId: string | undefined): PhotoSummary {
    const { id, ownerId, status, visibility, title, altText, picture, rejection } = photo
    return {
      id,
      owner: { id: ownerId },
      status,
      visibility,
      title,
      altText,
      renditions: status === 'published' ? this.renditions(photo, readerId) : null,
      placeholder: picture?.placeholder ?? null,
      rejection,
      uploadedAt: photo.uploadedAt.toISOString(),
      publishedAt: photo.publishedAt?.toISOString() ?? null,
      erasedAfter: photo.purgeAfter?.toISOString() ?? null,
    }
  }

  private renditions(photo: Photo, readerId: string | undefined): PhotoSummary['renditions'] {
    if (!photo.picture) return null
    const { thumb, small, large, original } = photo.picture.renditions
    const shown = (name: 'thumb' | 'small' | 'large' | 'original', { width, height }: typeof thumb) => ({
      url: this.links.linkTo(photo, name, readerId),
      width,
      height,
    })
    return {
      thumb: shown('thumb', thumb),
      small: shown('small', small),
      large: shown('large', large),
      ...(readerId === photo.ownerId && { original: shown('original', original) }),
    }
  }
}
