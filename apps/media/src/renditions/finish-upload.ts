import { failPoint } from '@mpics/eventing'
import { Metrics } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Counter } from 'prom-client'
import type { Outcome } from '../decoder/jobs.js'
import { PhotoNotFoundError } from '../photos/photo.errors.js'
import type { Photo } from '../photos/photo.js'
import { renditionPrefix, uploadKey } from '../storage/object-keys.js'
import { PhotoStore } from '../storage/photo-store.js'
import { DecidePhoto } from './decide-photo.js'

/** Ends what an upload began: it is decided, and what nobody needs any more is removed. It deletes the upload only after the save. */
@Injectable()
export class FinishUpload {
  private readonly processed: Counter<'outcome'>

  constructor(
    private readonly objects: PhotoStore,
    private readonly decide: DecidePhoto,
    metrics: Metrics,
  ) {
    this.processed = metrics.counter('media_photos_processed_total', 'Processed uploads by outcome.', ['outcome'])
  }

  /** False: it is still to be decided, or was erased. */
  async execute(photoId: string, decided: () => Promise<Photo>): Promise<boolean> {
    try {
      const { status } = await decided()
      if (status !== 'published' && status !== 'rejected') return false
      await this.objects.remove([uploadKey(photoId)])
      return true
    } catch (error) {
      if (!(error instanceof PhotoNotFoundError)) throw error
      await this.leaveNothing(photoId)
      return false
    }
  }

  async decided(photo: Photo, outcome: Outcome): Promise<Photo> {
    await failPoint('renditions.afterStore')
    this.processed.inc({ outcome: 'picture' in outcome ? 'published' : outcome.rejection })
    return this.decide.execute(photo, outcome)
  }

  /** The photo was erased meanwhile. */
  async leaveNothing(photoId: string): Promise<void> {
    await this.objects.removeUnder(renditionPrefix(photoId))
    await this.objects.remove([uploadKey(photoId)])
  }
}
