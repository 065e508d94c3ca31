import { EffectInProgressError } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import { PhotoRepository } from '../photos/photo.repository.js'
import { FinishUpload } from './finish-upload.js'
import { RenderUpload } from './render-upload.js'
import { UploadsInHand } from './uploads-in-hand.js'

/**
 * Makes an uploaded photo visible. It is safe to repeat and to run twice at once: the objects have the same names and bytes
 * each time, and only one save finds the photo still processing.
 */
@Injectable()
export class MakeRenditions {
  constructor(
    private readonly photos: PhotoRepository,
    private readonly inHand: UploadsInHand,
    private readonly render: RenderUpload,
    private readonly finish: FinishUpload,
  ) {}

  /** Rejects while another replica, which has its bytes in hand, makes them. */
  async execute(photoId: string): Promise<void> {
    if (await this.inHand.finished(photoId)) return
    await this.finish.execute(photoId, async () => {
      const photo = await this.photos.get(photoId)
      if (photo.status !== 'processing') return photo
      if (this.inHand.isElsewhere(photo)) throw new EffectInProgressError(`the renditions of ${photoId}`)
      return this.finish.decided(photo, await this.render.execute(photo))
    })
  }
}
