import { type ExportFile, ExportFiles } from '@mpics/rights'
import { Injectable } from '@nestjs/common'
import type { Photo } from '../photos/photo.js'
import { PhotoRepository } from '../photos/photo.repository.js'
import { renditionKey, uploadKey } from '../storage/object-keys.js'
import { PhotoStore } from '../storage/photo-store.js'
import { photoFileName } from './photo-file-name.js'

/** As long as an export may take to come together. */
const LINK_SECONDS = 7 * 86_400

/** Gives photographers their originals back, in the trash or not. Those of rejected uploads are gone. */
@Injectable()
export class PhotoFiles {
  constructor(
    files: ExportFiles,
    private readonly photos: PhotoRepository,
    private readonly store: PhotoStore,
  ) {
    files.register((accountId) => this.of(accountId))
  }

  private async *of(accountId: string): AsyncGenerator<ExportFile> {
    for await (const photo of this.photos.allOf(accountId)) {
      const name = photoFileName(photo)
      if (name === null) continue
      const { bytes } = photo.picture?.renditions.original ?? photo.upload
      yield { name, modifiedAt: photo.uploadedAt, bytes, links: () => this.linksTo(photo) }
    }
  }

  private linksTo(photo: Photo): Promise<string[]> {
    return Promise.all(keysOf(photo).map((key) => this.store.signed(key, LINK_SECONDS)))
  }
}

/** An upload goes when its renditions are there. */
function keysOf(photo: Photo): string[] {
  const original = renditionKey(photo, 'original')
  return photo.picture ? [original] : [uploadKey(photo.id), original]
}
