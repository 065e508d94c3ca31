import { type Envelope, viewTotalUpdated } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { PhotoRepository } from '../photos/photo.repository.js'

const PHOTO_PAGE = /^\/photos\/([0-9a-f-]{36})$/

@EventConsumer()
export class RankPhotoOnViewTotal {
  constructor(private readonly photos: PhotoRepository) {}

  @On(viewTotalUpdated, { idempotence: 'natural' })
  async handle({ data, sequence }: Envelope<typeof viewTotalUpdated>): Promise<void> {
    const photoId = PHOTO_PAGE.exec(data.page)?.[1]
    if (photoId && sequence !== undefined) await this.photos.rank(photoId, { total: data.total, sequence })
  }
}
