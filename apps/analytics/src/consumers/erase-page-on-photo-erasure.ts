import { media } from '@mpics/contracts'
import { type BatchedEvent, EventConsumer, type EventContext, OnBatch } from '@mpics/eventing'
import { ErasePhotoPages } from '../page-views/erase-photo-pages.js'

/** Natural: a page that is gone stays so. */
@EventConsumer()
export class ErasePageOnPhotoErasure {
  constructor(private readonly erasePhotoPages: ErasePhotoPages) {}

  @OnBatch(media.photoErased, { idempotence: 'natural', ofErased: true })
  async handle(events: BatchedEvent<typeof media.photoErased>[], { signal }: EventContext): Promise<void> {
    await this.erasePhotoPages.execute(
      events.map(({ envelope }) => envelope.data.photoId),
      signal,
    )
  }
}
