import { DAY_MS } from '@mpics/contracts/durations'
import { failPoint } from '@mpics/eventing'
import { Clock, Ids } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { MediaConfig } from '../config.js'
import { uploadPhoto } from '../photos/photo.js'
import { PhotoRepository } from '../photos/photo.repository.js'
import { UploadsInHand } from '../renditions/uploads-in-hand.js'
import { type SentForm, StoreUpload } from './store-upload.js'
import { QuotaExceededError } from './upload.errors.js'

/**
 * Stores the object first, then the one document that makes the photo exist and tells of it: an event is never ahead of its
 * bytes. A process that dies in between leaves an object without a document, which nobody can reach and SweepOrphans removes.
 * Document first would need a second write for the event, and would show photos without bytes. Its renditions are made meanwhile
 * (ADR 92).
 */
@Injectable()
export class UploadPhoto {
  constructor(
    private readonly photos: PhotoRepository,
    private readonly store: StoreUpload,
    private readonly inHand: UploadsInHand,
    private readonly config: MediaConfig,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async execute(ownerId: string, sent: SentForm): Promise<string> {
    const id = this.ids.idForRequest()
    if (sent.call?.isAnswered) return this.again(id, sent)
    const [isThere, isQuotaUsed] = await Promise.all([this.photos.find(id), this.isQuotaUsed(ownerId)])
    if (isThere) return this.again(id, sent)
    if (isQuotaUsed) throw new QuotaExceededError(this.config.MEDIA_UPLOADS_PER_DAY)
    const { details, stored: came } = await this.store.execute({ id, ownerId }, sent)
    const uploaded = uploadPhoto({ id, ownerId, details, upload: came.upload }, this.clock.now())
    await this.inHand.accept(uploaded.state, came.folder, async (inHandUntil) => {
      await came.stored
      await failPoint('upload.afterStore')
      await this.photos.insert({ ...uploaded, state: { ...uploaded.state, inHandUntil: inHandUntil() } })
    })
    return id
  }

  private async again(id: string, sent: SentForm): Promise<string> {
    await this.store.compare(sent)
    return id
  }

  private async isQuotaUsed(ownerId: string): Promise<boolean> {
    const perDay = this.config.MEDIA_UPLOADS_PER_DAY
    const since = new Date(this.clock.now().getTime() - DAY_MS)
    return (await this.photos.countUploadsSince(ownerId, since, perDay)) >= perDay
  }
}
