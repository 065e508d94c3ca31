import { type Envelope, media } from '@mpics/contracts'
import { EventConsumer, type EventContext, On } from '@mpics/eventing'
import { ErasePhotoPage } from '../page-views/erase-photo-page.js'

/** Natural: a page that is gone stays so. */
@EventConsumer()
export class ErasePageOnPhotoErasure {
  constructor(private readonly erasePhotoPage: ErasePhotoPage) {}

  @On(media.photoErased, { idempotence: 'natural', ofErased: true })
  async handle({ data }: Envelope<typeof media.photoErased>, { signal }: EventContext): Promise<void> {
    await this.erasePhotoPage.execute(data.photoId, signal)
  }
}
