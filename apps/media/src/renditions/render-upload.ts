import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Injectable } from '@nestjs/common'
import { MediaConfig } from '../config.js'
import { type Photo, type Picture, RENDITIONS } from '../photos/photo.js'
import { Slots } from '../slots.js'
import { renditionKey, uploadKey } from '../storage/object-keys.js'
import { ObjectStore } from '../storage/object-store.js'
import { ObjectMissingError } from '../storage/storage.errors.js'
import { DecoderPool } from './decoder-pool.js'
import type { Outcome } from './render-job.js'
import { DecodersBusyError } from './rendition.errors.js'

/** A waiting job holds one of the places that handle this service's events; most must stay free for other events. */
const MAX_WAITING = 16

/** Fetches an upload, renders it, and stores the renditions under names that depend on the photo alone. */
@Injectable()
export class RenderUpload {
  private readonly slots: Slots

  constructor(
    private readonly objects: ObjectStore,
    private readonly decoders: DecoderPool,
    config: MediaConfig,
  ) {
    // The service fetches or stores one picture while it decodes another.
    this.slots = new Slots(config.MEDIA_DECODER_PROCESSES * 2)
  }

  async execute(photo: Photo): Promise<Outcome> {
    if (this.slots.queued >= MAX_WAITING) throw new DecodersBusyError()
    return this.slots.run(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'mpics-render-'))
      try {
        return await this.render(photo, folder)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    })
  }

  private async render(photo: Photo, folder: string): Promise<Outcome> {
    const source = join(folder, 'upload')
    try {
      await this.objects.saveTo(source, uploadKey(photo.id))
    } catch (error) {
      if (error instanceof ObjectMissingError) return { rejection: 'damaged' }
      throw error
    }
    const outcome = await this.decoders.renderPicture({ source, folder })
    if ('picture' in outcome) await this.store(photo, outcome.picture, folder)
    return outcome
  }

  private async store(photo: Photo, { renditions }: Picture, folder: string): Promise<void> {
    for (const name of RENDITIONS)
      await this.objects.putFile(renditionKey(photo, name), join(folder, name), renditions[name].contentType)
  }
}
