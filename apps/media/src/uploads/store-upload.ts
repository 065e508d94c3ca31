import { createHash } from 'node:crypto'
import { IdempotencyKeyReusedError, type StreamedCall } from '@mpics/service-kit'
import { Injectable, Logger } from '@nestjs/common'
import { DecoderPool } from '../decoding/decoder-pool.js'
import { HEAD_BYTES } from '../decoder/jobs.js'
import type { Photo } from '../photos/photo.js'
import { uploadKey } from '../storage/object-keys.js'
import { PhotoStore } from '../storage/photo-store.js'
import { acceptedType } from './accepted-type.js'
import { ByteLimit } from './byte-limit.js'
import { peek } from './peek.js'
import { type Form, type FormParts, receiveForm } from './receive-form.js'

export interface SentForm {
  open: () => FormParts
  call?: StreamedCall
}

@Injectable()
export class StoreUpload {
  private readonly logger = new Logger('StoreUpload')

  constructor(
    private readonly objects: PhotoStore,
    private readonly decoders: DecoderPool,
  ) {}

  /**
   * Removes the object only if the document was never written: a write whose answer got lost may have happened. Bytes that differ
   * from those of an earlier attempt were not stored: what is there is not theirs.
   */
  async execute(photo: Pick<Photo, 'id' | 'ownerId'>, { open, call }: SentForm): Promise<Form<Photo['upload']>> {
    try {
      const form = await receiveForm(open, (file) => this.store(photo, file, call))
      await call?.came('fields', form.digest)
      return form
    } catch (error) {
      if (!(error instanceof IdempotencyKeyReusedError)) await this.remove(photo.id)
      throw error
    }
  }

  /** Reads what is sent once more, and keeps nothing of it. */
  async compare({ open, call }: SentForm): Promise<void> {
    const { digest } = await receiveForm(open, async (file) => {
      for await (const chunk of digested(new ByteLimit().watch(file), call)) void chunk
    })
    await call?.came('fields', digest)
  }

  private async store(
    { id, ownerId }: Pick<Photo, 'id' | 'ownerId'>,
    file: AsyncIterable<Buffer>,
    call: StreamedCall | undefined,
  ): Promise<Photo['upload']> {
    const { head, all } = await peek(file, HEAD_BYTES)
    const contentType = acceptedType(await this.decoders.judgeHead(ownerId, head))
    const limit = new ByteLimit()
    await this.objects.putStream(uploadKey(id), digested(limit.watch(all), call), contentType)
    return { bytes: limit.bytes, contentType }
  }

  private async remove(id: string): Promise<void> {
    await this.objects.remove([uploadKey(id)]).catch((err: unknown) => this.logger.warn({ err }, 'left to the sweeper'))
  }
}

/** Ends only when these bytes may come under their key: the object store shows nothing before that. */
async function* digested(chunks: AsyncIterable<Buffer>, call: StreamedCall | undefined): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
  await call?.came('file', hash.digest())
}
