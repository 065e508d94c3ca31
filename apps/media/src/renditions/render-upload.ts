import { join } from 'node:path'
import { ObjectMissingError } from '@mpics/object-store'
import { Injectable } from '@nestjs/common'
import { allEnded } from '../all-ended.js'
import { MediaConfig } from '../config.js'
import { DecoderPool, processesOf } from '../decoding/decoder-pool.js'
import { DecodersBusyError } from '../decoding/decoding.errors.js'
import { openJobFolder, removeJobFolder } from '../decoding/job-folder.js'
import { type Outcome, SOURCE } from '../decoder/jobs.js'
import { FairQueue } from '../fair-queue.js'
import { type Photo, type Picture, type RenditionName, RENDITIONS } from '../photos/photo.js'
import { renditionKey, uploadKey } from '../storage/object-keys.js'
import { PhotoStore } from '../storage/photo-store.js'

/** A waiting job holds one of the places that handle this service's events; many must stay free for other events. */
const CAPACITY = { quick: 24, large: 16 } as const

type Tried = Outcome | { large: number }

/**
 * Fetches an upload, renders it, and stores the renditions under names that depend on the photo alone. A large picture gives its
 * place back and waits, without its file, among the other large ones.
 */
@Injectable()
export class RenderUpload {
  private readonly quick: FairQueue
  private readonly large: FairQueue

  constructor(
    private readonly objects: PhotoStore,
    private readonly decoders: DecoderPool,
    config: MediaConfig,
  ) {
    const busy = () => new DecodersBusyError()
    // The service fetches or stores one picture while it decodes another.
    this.quick = new FairQueue(processesOf(config) * 2, CAPACITY.quick, busy)
    this.large = new FairQueue(processesOf(config), CAPACITY.large, busy)
  }

  async execute(photo: Photo): Promise<Outcome> {
    const account = photo.ownerId
    const tried = await this.quick.run({ account, cost: photo.upload.bytes }, () =>
      this.withUpload(photo, (folder) => this.tryQuickly(photo, folder)),
    )
    if (!('large' in tried)) return tried
    return this.large.run({ account, cost: tried.large }, () =>
      this.withUpload(photo, (folder) => this.decoders.renderLarge(account, tried.large, folder)),
    )
  }

  /**
   * Renders the bytes in `folder`, if there is a place at once, and stores the renditions when the photo is `accepted`: whoever waits for
   * that holds no place. Undefined: they are made by its event, in its turn.
   */
  async inHand(photo: Photo, folder: string, accepted: Promise<boolean>): Promise<Outcome | undefined> {
    const claim = { account: photo.ownerId, cost: photo.upload.bytes }
    const tried = await this.quick.runAtOnce(claim, () => this.tryQuickly(photo, folder))
    if (!tried || 'large' in tried || !(await accepted)) return undefined
    return this.quick.run(claim, () => this.kept(photo, tried, folder))
  }

  private async tryQuickly({ ownerId }: Photo, folder: string): Promise<Tried> {
    const judged = await this.decoders.judge(ownerId, folder)
    if ('rejection' in judged) return judged
    return (await this.decoders.renderQuick(ownerId, judged.work, folder)) ?? { large: judged.work }
  }

  private async withUpload<T extends Tried>(photo: Photo, use: (folder: string) => Promise<T>): Promise<T | Outcome> {
    const folder = await openJobFolder()
    try {
      await this.fetch(photo, join(folder, SOURCE))
      return await this.kept(photo, await use(folder), folder)
    } catch (error) {
      if (error instanceof ObjectMissingError) return { rejection: 'damaged' }
      throw error
    } finally {
      await removeJobFolder(folder)
    }
  }

  private async kept<T extends Tried>(photo: Photo, tried: T, folder: string): Promise<T> {
    if ('picture' in tried) await this.store(photo, tried.picture, folder)
    return tried
  }

  /** A restored backup may have a photo from before it was made, and its original from after, when the upload is gone. */
  private async fetch(photo: Photo, path: string): Promise<void> {
    await this.objects.saveTo(path, uploadKey(photo.id)).catch((error: unknown) => {
      if (error instanceof ObjectMissingError) return this.objects.saveTo(path, renditionKey(photo, 'original'))
      throw error
    })
  }

  private async store(photo: Photo, { renditions }: Picture, folder: string): Promise<void> {
    const put = (name: RenditionName) =>
      this.objects.putFile(renditionKey(photo, name), join(folder, name), renditions[name].contentType)
    await allEnded(RENDITIONS.map(put))
  }
}
