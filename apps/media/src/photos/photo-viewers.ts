import { Injectable } from '@nestjs/common'
import { relationByIds, ViewerRelations } from '../audience/viewer-relations.js'
import { maySeePhoto } from './may-see-photo.js'
import type { Photo } from './photo.js'

export type SightOfPhoto = Pick<Photo, 'id' | 'ownerId' | 'status' | 'visibility' | 'owner'>

/** Asks who follows whom only where the answer depends on it. */
@Injectable()
export class PhotoViewers {
  constructor(private readonly relations: ViewerRelations) {}

  async maySee(photo: SightOfPhoto, viewerId: string | undefined): Promise<boolean> {
    return (await this.seenAmong([photo], viewerId)).length === 1
  }

  async seenAmong<P extends SightOfPhoto>(photos: readonly P[], viewerId: string | undefined): Promise<P[]> {
    const inDoubt = photos.filter((photo) => isForFollowers(photo, viewerId)).map(({ ownerId }) => ownerId)
    const relationTo = await this.relations.relationsTo([...new Set(inDoubt)], viewerId)
    return photos.filter((photo) => maySeePhoto(relationTo(photo.ownerId), photo))
  }
}

const isForFollowers = (photo: SightOfPhoto, viewerId: string | undefined) =>
  relationByIds(photo.ownerId, viewerId) === 'member' && maySeePhoto('follower', photo) && !maySeePhoto('member', photo)
