import { DomainError, resolveHandle } from '@mpics/contracts'
import type { Page, PageRequest } from '@mpics/mongo'
import { PeerError, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Readers } from '../audience/readers.js'
import { admittedTo } from '../audience/may-see.js'
import type { Photo } from '../photos/photo.js'
import { PhotoRepository } from '../photos/photo.repository.js'

class ProfileNotFoundError extends DomainError {
  readonly code = 'profiles.profile-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('Nobody has this handle.')
  }
}

/** The published photos of one photographer, as far as this reader is admitted to them. */
@Injectable()
export class ReadGallery {
  constructor(
    private readonly photos: PhotoRepository,
    private readonly readers: Readers,
    private readonly peers: Peers,
  ) {}

  async execute(handle: string, readerId: string | undefined, page: PageRequest): Promise<Page<Photo>> {
    const ownerId = await this.idOf(handle)
    return this.photos.gallery(ownerId, admittedTo(await this.readers.relationTo(ownerId, readerId)), page)
  }

  private async idOf(handle: string): Promise<string> {
    try {
      return (await this.peers.call(resolveHandle, { params: { handle } })).id
    } catch (error) {
      throw error instanceof PeerError && error.status === 404 ? new ProfileNotFoundError() : error
    }
  }
}
