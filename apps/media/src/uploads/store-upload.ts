import { Injectable, Logger } from '@nestjs/common'
import { DecoderPool } from '../decoding/decoder-pool.js'
import { HEAD_BYTES } from '../decoder/jobs.js'
import type { Photo } from '../photos/photo.js'
import { uploadKey } from '../storage/object-keys.js'
import { ObjectStore } from '../storage/object-store.js'
import { acceptedType } from './accepted-type.js'
import { ByteLimit } from './byte-limit.js'
import { peek } from './peek.js'
import { type Form, type FormParts, receiveForm } from './receive-form.js'

@Injectable()
export class StoreUpload {
  private readonly logger = new Logger('StoreUpload')

  constructor(
    private readonly objects: ObjectStore,
    private readonly decoders: DecoderPool,
  ) {}

  /** Removes the object only if the document was never written: a write whose answer got lost may have happened. */
  async execute(photo: Pick<Photo, 'id' | 'ownerId'>, parts: FormParts): Promise<Form<Photo['upload']>> {
    try {
      return await receiveForm(parts, (file) => this.store(photo, file))
    } catch (error) {
      await this.objects
        .remove([uploadKey(photo.id)])
        .catch((err: unknown) => this.logger.warn({ err }, 'left to the sweeper'))
      throw error
    }
  }

  private async store(
    { id, ownerId }: Pick<Photo, 'id' | 'ownerId'>,
    file: AsyncIterable<Buffer>,
  ): Promise<Photo['upload']> {
    const { head, all } = await peek(file, HEAD_BYTES)
    const contentType = acceptedType(await this.decoders.judgeHead(ownerId, head))
    const limit = new ByteLimit()
    await this.objects.putStream(uploadKey(id), limit.watch(all), contentType)
    return { bytes: limit.bytes, contentType }
  }
}
