import { setTimeout as delay } from 'node:timers/promises'
import { EffectInProgressError } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import type { Photo } from '../photos/photo.js'
import { PhotoRepository } from '../photos/photo.repository.js'
import { FinishUpload } from './finish-upload.js'
import { RenderUpload } from './render-upload.js'
import { UploadsInHand } from './uploads-in-hand.js'

/** Nearly every picture in hand is decided within these looks; its event waits its turn for the others. */
const [MAX_LOOKS, LOOK_MS] = [5, 300]

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
      const photo = await this.outOfOtherHands(photoId)
      return photo.status === 'processing' ? this.finish.decided(photo, await this.render.execute(photo)) : photo
    })
  }

  private async outOfOtherHands(photoId: string): Promise<Photo> {
    for (let look = 1; ; look++) {
      const photo = await this.photos.get(photoId)
      if (photo.status !== 'processing' || !this.inHand.isElsewhere(photo)) return photo
      if (look === MAX_LOOKS) throw new EffectInProgressError(`the renditions of ${photoId}`)
      await delay(LOOK_MS)
    }
  }
}
