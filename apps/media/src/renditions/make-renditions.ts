import { failPoint } from '@mpics/eventing'
import { Metrics } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Counter } from 'prom-client'
import { PhotoNotFoundError } from '../photos/photo.errors.js'
import type { Photo } from '../photos/photo.js'
import { PhotoRepository } from '../photos/photo.repository.js'
import { renditionPrefix, uploadKey } from '../storage/object-keys.js'
import { PhotoStore } from '../storage/photo-store.js'
import { DecidePhoto } from './decide-photo.js'
import { RenderUpload } from './render-upload.js'

/**
 * Makes an uploaded photo visible. It is safe to repeat and to run twice at once: the objects have the same names and bytes
 * each time, and only one save finds the photo still processing. It deletes the upload only after that save.
 */
@Injectable()
export class MakeRenditions {
  private readonly processed: Counter<'outcome'>

  constructor(
    private readonly photos: PhotoRepository,
    private readonly objects: PhotoStore,
    private readonly render: RenderUpload,
    private readonly decide: DecidePhoto,
    metrics: Metrics,
  ) {
    this.processed = metrics.counter('media_photos_processed_total', 'Processed uploads by outcome.', ['outcome'])
  }

  async execute(photoId: string): Promise<void> {
    try {
      const { status } = await this.decided(await this.photos.get(photoId))
      if (status === 'published' || status === 'rejected') await this.objects.remove([uploadKey(photoId)])
    } catch (error) {
      if (!(error instanceof PhotoNotFoundError)) throw error
      await this.leaveNothing(photoId)
    }
  }

  private async decided(photo: Photo): Promise<Photo> {
    if (photo.status !== 'processing') return photo
    const outcome = await this.render.execute(photo)
    await failPoint('renditions.afterStore')
    this.processed.inc({ outcome: 'picture' in outcome ? 'published' : outcome.rejection })
    return this.decide.execute(photo, outcome)
  }

  /** The photo was erased meanwhile. */
  private async leaveNothing(photoId: string): Promise<void> {
    await this.objects.removeUnder(renditionPrefix(photoId))
    await this.objects.remove([uploadKey(photoId)])
  }
}
