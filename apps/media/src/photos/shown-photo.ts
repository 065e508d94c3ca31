import type { media } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import type { z } from 'zod'
import { RenditionLinks, type Viewer } from './rendition-links.js'
import type { Photo } from './photo.js'

export type ShownPhoto = z.input<typeof media.shownPhoto>
export type PhotoSummary = z.input<typeof media.photoSummary>

/** Shows a photo to those who may see it. Documents become answers here and nowhere else. */
@Injectable()
export class ShowPhoto {
  constructor(private readonly links: RenditionLinks) {}

  whole(photo: Photo, viewer: Viewer | undefined): ShownPhoto {
    const { description, tags, place, licence, picture } = photo
    return { ...this.summary(photo, viewer), description, tags, place, licence, camera: picture?.camera ?? null }
  }

  summary(photo: Photo, viewer: Viewer | undefined): PhotoSummary {
    const { id, ownerId, status, visibility, title, altText, picture, rejection } = photo
    return {
      id,
      owner: { id: ownerId },
      status,
      visibility,
      title,
      altText,
      renditions: status === 'published' ? this.renditions(photo, viewer) : null,
      placeholder: picture?.placeholder ?? null,
      rejection,
      uploadedAt: photo.uploadedAt.toISOString(),
      publishedAt: photo.publishedAt?.toISOString() ?? null,
      erasedAfter: photo.purgeAfter?.toISOString() ?? null,
    }
  }

  private renditions(photo: Photo, viewer: Viewer | undefined): PhotoSummary['renditions'] {
    if (!photo.picture) return null
    const { thumb, small, large, original } = photo.picture.renditions
    const shown = (name: 'thumb' | 'small' | 'large' | 'original', { width, height }: typeof thumb) => ({
      url: this.links.linkTo(photo, name, viewer),
      width,
      height,
    })
    return {
      thumb: shown('thumb', thumb),
      small: shown('small', small),
      large: shown('large', large),
      ...(viewer?.accountId === photo.ownerId && { original: shown('original', original) }),
    }
  }
}
