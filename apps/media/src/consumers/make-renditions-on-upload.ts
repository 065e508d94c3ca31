import { type Envelope, media } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { MakeRenditions } from '../renditions/make-renditions.js'

/** Natural: the same upload leads to the same objects, and only a photo that is still processed is published. */
@EventConsumer()
export class MakeRenditionsOnUpload {
  constructor(private readonly makeRenditions: MakeRenditions) {}

  @On(media.photoUploaded, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof media.photoUploaded>): Promise<void> {
    await this.makeRenditions.execute(data.photoId)
  }
}
