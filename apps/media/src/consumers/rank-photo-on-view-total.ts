import { analytics } from '@mpics/contracts'
import { type BatchedEvent, EventConsumer, OnBatch } from '@mpics/eventing'
import { PhotoRepository } from '../photos/photo.repository.js'
import { viewedPhoto } from '../photos/viewed-photo.js'

/** Analytics tells of all pages that were viewed within a moment at once. */
@EventConsumer()
export class RankPhotoOnViewTotal {
  constructor(private readonly photos: PhotoRepository) {}

  @OnBatch(analytics.viewTotalUpdated, { idempotence: 'natural' })
  async handle(totals: BatchedEvent<typeof analytics.viewTotalUpdated>[]): Promise<void> {
    await this.photos.setViewTotals(totals.flatMap(({ envelope }) => viewedPhoto(envelope) ?? []))
  }
}
