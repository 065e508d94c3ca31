import type { Decision } from '@mpics/contracts'
import type { Versioned } from '@mpics/eventing'
import { Clock, PreconditionFailedError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { allowsChange } from './entity-tag.js'
import { PhotoNotFoundError } from './photo.errors.js'
import { changePhoto, isPastKeeping, type Photo, type PhotoChanges, removePhoto, restorePhoto } from './photo.js'
import { PhotoRepository } from './photo.repository.js'
import { ReadPhoto } from './read-photo.js'

type Transition = (photo: Photo) => Decision<Photo>

/** `ifMatch`: refuse the change unless the photo is still as it was read. */
@Injectable()
export class ChangePhotos {
  constructor(
    private readonly photos: PhotoRepository,
    private readonly read: ReadPhoto,
    private readonly clock: Clock,
  ) {}

  async details(memberId: string, id: string, changes: PhotoChanges, ifMatch?: string): Promise<Versioned<Photo>> {
    const photo = await this.read.ownedBy(memberId, id)
    if (photo.status === 'removed') throw new PhotoNotFoundError()
    return this.save(photo, (current) => changePhoto(current, changes), ifMatch)
  }

  async remove(memberId: string, id: string, ifMatch?: string): Promise<void> {
    const photo = await this.read.ownedBy(memberId, id)
    await this.save(photo, (current) => removePhoto(current, this.clock.now()), ifMatch)
  }

  async restore(memberId: string, id: string): Promise<Versioned<Photo>> {
    const photo = await this.read.ownedBy(memberId, id)
    if (isPastKeeping(photo, this.clock.now())) throw new PhotoNotFoundError()
    return this.save(photo, (current) => restorePhoto(current, this.clock.now()))
  }

  private async save(photo: Versioned<Photo>, transition: Transition, ifMatch?: string): Promise<Versioned<Photo>> {
    if (!allowsChange(ifMatch, photo.version)) throw new PreconditionFailedError()
    if (ifMatch === undefined) await this.photos.change(photo.id, transition)
    else await this.photos.changeExactly(photo, transition)
    return this.photos.get(photo.id)
  }
}
