import type { Marks } from '@mpics/rights'
import { Injectable } from '@nestjs/common'
import { OwnerRepository } from '../audience/owner.repository.js'
import { PhotoRepository } from './photo.repository.js'

/**
 * Marks the photos of an account that others may not see, so that reading one costs no more than before. The account's standing is noted
 * first: a photo that is inserted later is marked when it is published.
 */
@Injectable()
export class HidePhotos implements Marks {
  constructor(
    private readonly owners: OwnerRepository,
    private readonly photos: PhotoRepository,
  ) {}

  async execute(ownerId: string, sequence: number | undefined, hidden: boolean): Promise<void> {
    await this.owners.note(ownerId, sequence, hidden)
    const standing = await this.owners.find(ownerId)
    if (standing) await this.photos.markOlder({ ownerId }, standing)
  }

  async beforePublishing(photo: { id: string; ownerId: string }): Promise<void> {
    const standing = await this.owners.find(photo.ownerId)
    if (standing) await this.photos.markOlder({ _id: photo.id }, standing)
  }

  async markedAmong(ownerIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(await this.photos.hiddenOwnersAmong(ownerIds))
  }

  /** For a rebuild, which also corrects marks that claim to be later. An event that comes meanwhile has the last word. */
  async markAnew(ownerId: string): Promise<void> {
    for (let before = -1; ;) {
      const standing = await this.owners.find(ownerId)
      if (!standing || standing.sequence === before) return
      await this.photos.markOthers(ownerId, standing)
      before = standing.sequence
    }
  }
}
