import { type Envelope, viewTotalUpdated } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { PhotoRepository } from '../photos/photo.repository.js'
import { viewedPhoto } from '../photos/viewed-photo.js'

@EventConsumer()
export class RankPhotoOnViewTotal {
  constructor(private readonly photos: PhotoRepository) {}

  @On(viewTotalUpdated, { idempotence: 'natural' })
  async handle(total: Envelope<typeof viewTotalUpdated>): Promise<void> {
    const photo = viewedPhoto(total)
    if (photo) await this.photos.setViewTotal(photo.id, photo.views)
  }
}
