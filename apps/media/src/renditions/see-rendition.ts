import { Injectable } from '@nestjs/common'
import { PhotoNotFoundError } from '../photos/photo.errors.js'
import type { Photo, Rendition, RenditionName } from '../photos/photo.js'
import { PhotoRepository } from '../photos/photo.repository.js'
import { PhotoViewers } from '../photos/photo-viewers.js'
import { LinkExpiredError } from './rendition.errors.js'
import { RenditionLinks, type Signed } from '../photos/rendition-links.js'

export interface SeenRendition {
  photo: Photo
  name: RenditionName
  rendition: Rendition
}

/** Finds a rendition for a viewer who may see it at this moment, by bearer token or by signed link. */
@Injectable()
export class SeeRendition {
  constructor(
    private readonly photos: PhotoRepository,
    private readonly viewers: PhotoViewers,
    private readonly links: RenditionLinks,
  ) {}

  async execute(id: string, name: RenditionName, memberId: string | undefined, link: Signed): Promise<SeenRendition> {
    const photo = await this.photos.get(id)
    const linkedId = this.links.viewerOf(id, name, link)
    const isOver = linkedId !== undefined && this.links.isOver(link)
    const admitted = await this.admitted(photo, name, memberId ?? (isOver ? undefined : linkedId))
    if (!admitted && isOver) throw new LinkExpiredError()
    const rendition = photo.picture?.renditions[name]
    if (!admitted || !rendition) throw new PhotoNotFoundError()
    return { photo, name, rendition }
  }

  private async admitted(photo: Photo, name: RenditionName, viewerId: string | undefined): Promise<boolean> {
    if (name === 'original' && viewerId !== photo.ownerId) return false
    return this.viewers.maySee(photo, viewerId)
  }
}
