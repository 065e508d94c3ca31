import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { HidePhotos } from '../photos/hide-photos.js'
import { type Photo, type Picture, publishPhoto, type Rejection, rejectPhoto } from '../photos/photo.js'
import { PhotoRepository } from '../photos/photo.repository.js'

/** Publishes or rejects an upload, once. */
@Injectable()
export class DecidePhoto {
  constructor(
    private readonly photos: PhotoRepository,
    private readonly hide: HidePhotos,
    private readonly clock: Clock,
  ) {}

  async execute(photo: Photo, outcome: { picture: Picture } | { rejection: Rejection }): Promise<Photo> {
    await this.hide.beforePublishing(photo)
    return this.photos.change(photo.id, (current) =>
      'picture' in outcome
        ? publishPhoto(current, outcome.picture, this.clock.now())
        : rejectPhoto(current, outcome.rejection, this.clock.now()),
    )
  }
}
