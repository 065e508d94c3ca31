import { createHash } from 'node:crypto'
import { IdempotencyKeyReusedError, type StreamedCall } from '@mpics/service-kit'
import { Injectable, Logger } from '@nestjs/common'
import { DecoderPool } from '../decoding/decoder-pool.js'
import { openJobFolderWith, removeJobFolder } from '../decoding/job-folder.js'
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

/** What has come of a picture: all of it. */
export interface CameUpload {
  upload: Photo['upload']
  /** Holds its bytes, and nothing else; undefined for a part of the object store or more. Whoever takes it removes it. */
  folder: string | undefined
  /** Resolves when the object store has it. */
  stored: Promise<unknown>
}

@Injectable()
export class StoreUpload {
  private readonly logger = new Logger('StoreUpload')

  constructor(
    private readonly objects: PhotoStore,
    private readonly decoders: DecoderPool,
  ) {}

  /**
   * Resolves when all of the form has come, while its picture may be on its way to the store. Removes the object only if the document was
   * never written: a write whose answer got lost may have happened. Bytes that differ from those of an earlier attempt were not
   * stored: what is there is not theirs.
   */
  async execute(photo: Pick<Photo, 'id' | 'ownerId'>, { open, call }: SentForm): Promise<Form<CameUpload>> {
    let came: CameUpload | undefined
    try {
      const form = await receiveForm(open, async (file) => (came = await this.store(photo, file, call)))
      await call?.came('fields', form.digest)
      return form
    } catch (error) {
      if (came?.folder) await removeJobFolder(came.folder).catch(this.noted)
      await Promise.allSettled([came?.stored])
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
  ): Promise<CameUpload> {
    const { head, all } = await peek(file, HEAD_BYTES)
    const contentType = acceptedType(await this.decoders.judgeHead(ownerId, head))
    const limit = new ByteLimit()
    const inHand = Promise.withResolvers<string | undefined>()
    // where the disk does not take it, the picture is fetched from the store
    const whole = (picture: Buffer) => openJobFolderWith(picture).catch(this.noted).then(inHand.resolve)
    const bytes = digested(limit.watch(all), call)
    const stored = this.objects.putStream(uploadKey(id), bytes, contentType, { whole })
    stored.then(() => inHand.resolve(undefined), inHand.reject)
    const folder = await inHand.promise
    return { upload: { bytes: limit.bytes, contentType }, folder, stored: this.orNothing(id, stored) }
  }

  private orNothing(id: string, stored: Promise<unknown>): Promise<unknown> {
    const known = stored.catch(async (error: unknown) => {
      await this.remove(id)
      throw error
    })
    known.catch(() => undefined) // whoever waits for it comes later
    return known
  }

  private readonly noted = (err: unknown): undefined => {
    this.logger.warn({ err }, 'the bytes of an upload are not kept in hand')
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
