import { type Envelope, media } from '@mpics/contracts'
import { EventConsumer, type EventContext, On } from '@mpics/eventing'
import { ErasePhotoPages } from '../page-views/erase-photo-pages.js'

/** Natural: a page that is gone stays so. */
@EventConsumer()
export class ErasePageOnPhotoErasure {
  constructor(private readonly erasePhotoPages: ErasePhotoPages) {}

  @On(media.photoErased, { idempotence: 'natural', ofErased: true })
  async handle({ data }: Envelope<typeof media.photoErased>, { signal }: EventContext): Promise<void> {
    await this.erasePhotoPages.execute([data.photoId], signal)
  }
}
