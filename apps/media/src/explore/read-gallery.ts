import { admittedTo, DomainError, profiles } from '@mpics/contracts'
import type { Page, PageRequest } from '@mpics/mongo'
import { PeerError, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { ViewerRelations } from '../audience/viewer-relations.js'
import type { Photo } from '../photos/photo.js'
import { PhotoRepository } from '../photos/photo.repository.js'

class ProfileNotFoundError extends DomainError {
  readonly code = 'profiles.profile-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('Nobody has this handle.')
  }
}

@Injectable()
export class ReadGallery {
  constructor(
    private readonly photos: PhotoRepository,
    private readonly relations: ViewerRelations,
    private readonly peers: Peers,
  ) {}

  async execute(handle: string, viewerId: string | undefined, page: PageRequest): Promise<Page<Photo>> {
    const ownerId = await this.idOf(handle)
    const relation = await this.relations.relationTo(ownerId, viewerId)
    // Its owner also sees a photo whose audience no query can name.
    if (relation === 'owner') return this.photos.ofOwner(ownerId, page, 'published')
    return this.photos.gallery(ownerId, admittedTo(relation), page)
  }

  private async idOf(handle: string): Promise<string> {
    try {
      return (await this.peers.call(profiles.resolveHandle, { params: { handle } })).id
    } catch (error) {
      throw error instanceof PeerError && error.status === 404 ? new ProfileNotFoundError() : error
    }
  }
}
