import { days, type Erasure, type HeldData, hours, type Keeping, keptUntil, PersonalData } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import type { Photo } from '../photos/photo.js'
import { objectFields, photoFields } from '../photos/photo-fields.js'
import { PhotoRepository } from '../photos/photo.repository.js'
import { renditionPrefix, uploadKey, UPLOADS, RENDITIONS_OF_PHOTOS } from '../storage/object-keys.js'
import { PhotoStore } from '../storage/photo-store.js'
import { photoFileName } from './photo-file-name.js'
import { PurgePhotos } from './purge-photos.js'
import { SweepOrphans } from './sweep-orphans.js'

const TRASH = days(30).after('the photo was removed or rejected').or('until the account is erased').endsAt('purgeAfter')
const WITH_PHOTO = keptUntil('the photo is purged, or the account is erased')

const WHOSE = {
  subject: 'the account that `ownerId` of the photo names',
  purpose: 'photos',
  shownTo: 'chosen',
} as const

/** States what media holds of photographers. Objects are found by their photos, so a photo is erased after its objects. */
@Injectable()
export class PhotoData {
  constructor(
    personalData: PersonalData,
    private readonly photos: PhotoRepository,
    private readonly objects: PhotoStore,
    private readonly purge: PurgePhotos,
    private readonly sweep: SweepOrphans,
  ) {
    personalData.register({
      ...WHOSE,
      ...TRASH,
      store: { collection: 'photos' },
      removeOverAge: (stopping) => this.purge.execute(stopping),
      fields: photoFields,
      erase: (accountId) => this.erasePhotos(accountId),
      export: (accountId) => this.exportPhotos(accountId),
      count: (accountId) => this.photos.countHeld(accountId, TRASH.age),
    })
    personalData.register(this.objectsUnder(RENDITIONS_OF_PHOTOS, WITH_PHOTO, renditionPrefix))
    personalData.register({
      ...this.objectsUnder(UPLOADS, this.uploads(), uploadKey),
      removeOverAge: () => this.sweep.execute(),
    })
  }

  private uploads(): Keeping {
    const begun = () => this.sweep.uploadedAt()
    return hours(1).after('the upload, or until the renditions are made').ofObjects(begun)
  }

  private async erasePhotos(accountId: string): Promise<Erasure> {
    const outcome = { erased: 0, waiting: 0 }
    for await (const { id } of this.photos.allOf(accountId))
      outcome[(await this.purge.erase(id)) ? 'erased' : 'waiting']++
    return outcome
  }

  private async *exportPhotos(accountId: string): AsyncGenerator<ReturnType<typeof exported>> {
    for await (const photo of this.photos.allOf(accountId)) yield exported(photo)
  }

  private objectsUnder(prefix: string, keeping: Keeping, prefixOf: (photoId: string) => string): HeldData {
    const [photos, objects] = [this.photos, this.objects]
    async function* keys(accountId: string): AsyncGenerator<{ photoId: string; object: string }> {
      for await (const { id } of photos.allOf(accountId))
        for await (const object of objects.keysUnder(prefixOf(id))) yield { photoId: id, object }
    }
    return {
      ...WHOSE,
      store: { objects: prefix },
      ...keeping,
      fields: objectFields,
      export: keys,
      async erase(accountId) {
        const found: string[] = []
        for await (const { object } of keys(accountId)) found.push(object)
        await objects.remove(found)
        return { erased: found.length, waiting: 0 }
      },
    }
  }
}

const exported = (photo: Photo) => ({
  id: photo.id,
  file: photoFileName(photo),
  status: photo.status,
  title: photo.title,
  description: photo.description,
  altText: photo.altText,
  place: photo.place,
  tags: photo.tags,
  licence: photo.licence,
  visibility: photo.visibility,
  camera: photo.picture?.camera ?? null,
  original: photo.picture?.renditions.original ?? null,
  uploaded: photo.upload,
  rejection: photo.rejection,
  views: photo.views.total,
  uploadedAt: photo.uploadedAt,
  publishedAt: photo.publishedAt,
  erasedAfter: photo.purgeAfter,
})
