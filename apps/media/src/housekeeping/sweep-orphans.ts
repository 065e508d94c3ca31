import { HOUR_MS } from '@mpics/contracts/durations'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { PhotoRepository } from '../photos/photo.repository.js'
import { UPLOADS } from '../storage/object-keys.js'
import { PhotoStore } from '../storage/photo-store.js'

/** Longer than any upload takes: an older object without a document will never have one. */
const BATCH = 500

/** Removes the bytes of uploads that a crash interrupted, and of those that the worker has processed. */
@Injectable()
export class SweepOrphans {
  constructor(
    private readonly objects: PhotoStore,
    private readonly photos: PhotoRepository,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<number> {
    let removed = 0
    let batch: string[] = []
    for await (const key of this.objects.keysUnder(UPLOADS)) {
      if (this.isOld(key)) batch.push(key)
      if (batch.length < BATCH) continue
      removed += await this.removeUnneeded(batch)
      batch = []
    }
    return removed + (await this.removeUnneeded(batch)) + (await this.giveUpUnfinished())
  }

  /** Oldest first: keys of uploads begin with their time, and a bucket lists them in their order. */
  async *uploadedAt(): AsyncGenerator<Date> {
    for await (const key of this.objects.keysUnder(UPLOADS)) yield new Date(createdAt(photoIdOf(key)))
  }

  private async removeUnneeded(keys: readonly string[]): Promise<number> {
    const needed = await this.photos.awaitingRenditions(keys.map(photoIdOf))
    const unneeded = keys.filter((key) => !needed.has(photoIdOf(key)))
    await this.objects.remove(unneeded)
    return unneeded.length
  }

  private async giveUpUnfinished(): Promise<number> {
    let count = 0
    for await (const upload of this.objects.unfinishedUnder(UPLOADS)) {
      if (!this.isOld(upload.key)) continue
      await this.objects.giveUp(upload)
      count += 1
    }
    return count
  }

  private isOld(key: string): boolean {
    return createdAt(photoIdOf(key)) < this.clock.now().getTime() - HOUR_MS
  }
}

const photoIdOf = (key: string) => key.slice(UPLOADS.length)

/** A UUIDv7 begins with its time in milliseconds (RFC 9562 §5.7). */
const createdAt = (id: string) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
