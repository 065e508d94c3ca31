import { setTimeout as delay } from 'node:timers/promises'
import { MINUTE_MS } from '@mpics/contracts/durations'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { renditionPrefix, uploadKey } from '../storage/object-keys.js'
import { PhotoStore } from '../storage/photo-store.js'
import { PhotoRepository } from '../photos/photo.repository.js'

const BATCH_SIZE = 200
/** A restoration is refused from the end of the 30 days on; clocks of other replicas may be behind. */
const MARGIN_MS = 5 * MINUTE_MS
const TOLD_MS = 1_000

/** Erases photos after 30 days in the trash: objects first, so that no object outlives its document, and the fact is told before it goes. */
@Injectable()
export class PurgePhotos {
  constructor(
    private readonly photos: PhotoRepository,
    private readonly objects: PhotoStore,
    private readonly clock: Clock,
  ) {}

  /** Resolves to how many are gone; a photo with an unpublished event waits for the next run. */
  async execute(stopping?: AbortSignal): Promise<number> {
    let gone = 0
    for (let before = -1; gone > before && !stopping?.aborted;) {
      before = gone
      gone += await this.eraseAll(await this.due(), stopping)
    }
    return gone
  }

  /** Each tells of its end first, and goes once that is published: the second time as a rule. */
  private async eraseAll(ids: readonly string[], stopping?: AbortSignal): Promise<number> {
    const told = await this.waitingAmong(ids)
    if (told.length === 0) return ids.length
    await delay(TOLD_MS, undefined, { signal: stopping }).catch(() => undefined)
    return ids.length - (await this.waitingAmong(told)).length
  }

  private async waitingAmong(ids: readonly string[]): Promise<string[]> {
    const waiting: string[] = []
    for (const id of ids) if (!(await this.erase(id))) waiting.push(id)
    return waiting
  }

  private due(): Promise<string[]> {
    return this.photos.due(new Date(this.clock.now().getTime() - MARGIN_MS), BATCH_SIZE)
  }

  /** False while an event of the photo waits to be published: its document stays until another call. */
  async erase(id: string): Promise<boolean> {
    await this.objects.removeUnder(renditionPrefix(id))
    await this.objects.remove([uploadKey(id)])
    return this.photos.erase(id)
  }
}
