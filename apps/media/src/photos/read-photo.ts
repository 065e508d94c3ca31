import type { Versioned } from '@mpics/eventing'
import { ForbiddenError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { ViewerRelations } from '../audience/viewer-relations.js'
import { maySeePhoto } from './may-see-photo.js'
import { PhotoNotFoundError } from './photo.errors.js'
import type { Photo } from './photo.js'
import { PhotoRepository } from './photo.repository.js'

@Injectable()
export class ReadPhoto {
  constructor(
    private readonly photos: PhotoRepository,
    private readonly relations: ViewerRelations,
  ) {}

  async seenBy(viewerId: string | undefined, id: string): Promise<Versioned<Photo>> {
    const photo = await this.photos.get(id)
    if (!maySeePhoto(await this.relations.relationTo(photo.ownerId, viewerId), photo)) throw new PhotoNotFoundError()
    return photo
  }

  async visibleAmong(ids: readonly string[], viewerId: string | undefined): Promise<string[]> {
    const photos = await this.photos.findMany(ids)
    const owners = [...new Set(photos.map(({ ownerId }) => ownerId))]
    const relations = new Map(
      await Promise.all(owners.map(async (id) => [id, await this.relations.relationTo(id, viewerId)] as const)),
    )
    return photos.filter((photo) => maySeePhoto(relations.get(photo.ownerId)!, photo)).map(({ id }) => id)
  }

  /** Finds it in the trash too. Others learn that it is not theirs only if they may see it. */
  async ownedBy(memberId: string, id: string): Promise<Versioned<Photo>> {
    const photo = await this.photos.get(id)
    if (photo.ownerId === memberId) return photo
    await this.seenBy(memberId, id)
    throw new ForbiddenError('Only its owner can change a photo.')
  }
}
