import { analytics, type Envelope } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { PhotoRepository } from '../photos/photo.repository.js'
import { viewedPhoto } from '../photos/viewed-photo.js'

@EventConsumer()
export class RankPhotoOnViewTotal {
  constructor(private readonly photos: PhotoRepository) {}

  @On(analytics.viewTotalUpdated, { idempotence: 'natural' })
  async handle(total: Envelope<typeof analytics.viewTotalUpdated>): Promise<void> {
    const photo = viewedPhoto(total)
    if (photo) await this.photos.setViewTotal(photo.id, photo.views)
  }
}
