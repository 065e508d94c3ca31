import type { Versioned } from '@mpics/eventing'
import { ForbiddenError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { PhotoNotFoundError } from './photo.errors.js'
import type { Photo } from './photo.js'
import { PhotoRepository } from './photo.repository.js'
import { PhotoViewers, type SightOfPhoto } from './photo-viewers.js'

@Injectable()
export class ReadPhoto {
  constructor(
    private readonly photos: PhotoRepository,
    private readonly viewers: PhotoViewers,
  ) {}

  async seenBy(viewerId: string | undefined, id: string): Promise<Versioned<Photo>> {
    const photo = await this.photos.get(id)
    if (!(await this.viewers.maySee(photo, viewerId))) throw new PhotoNotFoundError()
    return photo
  }

  /** Of those among many that exist, and that everybody may see. */
  async seenByVisitors(ids: readonly string[]): Promise<Photo[]> {
    return this.viewers.seenAmong(await this.photos.findFew(ids), undefined)
  }

  /** As `seenBy`, for those who need no more than its owner. */
  async sightOf(id: string, viewerId: string | undefined): Promise<SightOfPhoto> {
    const [photo] = await this.sightsAmong([id], viewerId)
    if (!photo) throw new PhotoNotFoundError()
    return photo
  }

  /** Of those among many that exist, and that this viewer may see. */
  async sightsAmong(ids: readonly string[], viewerId: string | undefined): Promise<SightOfPhoto[]> {
    return this.viewers.seenAmong(await this.photos.sights(ids), viewerId)
  }

  /** Finds it in the trash too. Others learn that it is not theirs only if they may see it. */
  async ownedBy(memberId: string, id: string): Promise<Versioned<Photo>> {
    const photo = await this.photos.get(id)
    if (photo.ownerId === memberId) return photo
    await this.seenBy(memberId, id)
    throw new ForbiddenError('Only its owner can change a photo.')
  }
}
