import { failPoint } from '@mpics/eventing'
import { Clock, Ids, UnavailableError } from '@mpics/service-kit'
import { Injectable, Logger } from '@nestjs/common'
import { MediaConfig } from '../config.js'
import { type Photo, uploadPhoto } from '../photos/photo.js'
import { PhotoRepository } from '../photos/photo.repository.js'
import { Slots } from '../slots.js'
import { uploadKey } from '../storage/object-keys.js'
import { ObjectStore } from '../storage/object-store.js'
import { ByteLimit } from './byte-limit.js'
import { checkHead, HEAD_BYTES } from './check-head.js'
import { peek } from './peek.js'
import { type FormParts, receiveForm } from './receive-form.js'
import { QuotaExceededError } from './upload.errors.js'

const DAY_MS = 86_400_000

/**
 * Stores the object first, then the one document that makes the photo exist and tells of it: an event is never ahead of its
 * bytes. A process that dies in between leaves an object without a document, which nobody can reach and SweepOrphans removes.
 * Document first would need a second write for the event, and would show photos without bytes.
 */
@Injectable()
export class UploadPhoto {
  private readonly logger = new Logger('UploadPhoto')
  private readonly slots: Slots

  constructor(
    private readonly photos: PhotoRepository,
    private readonly objects: ObjectStore,
    private readonly config: MediaConfig,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {
    this.slots = new Slots(config.MEDIA_UPLOADS_CONCURRENCY)
  }

  async execute(ownerId: string, parts: FormParts): Promise<string> {
    if (this.slots.full) throw new UnavailableError('Too many pictures are being uploaded; try again in a moment.')
    const id = this.ids.idForRequest()
    return this.slots.run(async () => {
      if (await this.photos.find(id)) return id
      await this.checkQuota(ownerId)
      const { details, stored } = await this.receive(id, parts)
      await failPoint('upload.afterStore')
      await this.photos.insert(uploadPhoto({ id, ownerId, details, upload: stored }, this.clock.now()))
      return id
    })
  }

  /** Removes the object only if the document was never written: a write whose answer got lost may have happened. */
  private async receive(id: string, parts: FormParts) {
    try {
      return await receiveForm(parts, (file) => this.store(id, file))
    } catch (error) {
      await this.objects
        .remove([uploadKey(id)])
        .catch((err: unknown) => this.logger.warn({ err }, 'left to the sweeper'))
      throw error
    }
  }

  private async store(id: string, file: AsyncIterable<Buffer>): Promise<Photo['upload']> {
    const { head, all } = await peek(file, HEAD_BYTES)
    const contentType = await checkHead(head)
    const limit = new ByteLimit()
    await this.objects.putStream(uploadKey(id), limit.watch(all), contentType)
    return { bytes: limit.bytes, contentType }
  }

  private async checkQuota(ownerId: string): Promise<void> {
    const perDay = this.config.MEDIA_UPLOADS_PER_DAY
    const since = new Date(this.clock.now().getTime() - DAY_MS)
    if ((await this.photos.countUploadsSince(ownerId, since, perDay)) >= perDay) throw new QuotaExceededError(perDay)
  }
}
