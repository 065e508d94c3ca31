import { type ApiAnswer, type ApiInput, media } from '@mpics/contracts'
import type { Page } from '@mpics/mongo'
import { Caller, type CallerIdentity, Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import type { Photo } from '../photos/photo.js'
import { PhotoRepository } from '../photos/photo.repository.js'
import { ShowPhoto } from '../photos/shown-photo.js'
import { ReadGallery } from './read-gallery.js'

@Controller()
export class PhotoListsController {
  constructor(
    private readonly photos: PhotoRepository,
    private readonly gallery: ReadGallery,
    private readonly show: ShowPhoto,
  ) {}

  @Endpoint(media.explorePhotos)
  async explore(
    @Caller() { member }: CallerIdentity,
    @Input() { query }: ApiInput<typeof media.explorePhotos>,
  ): Promise<ApiAnswer<typeof media.explorePhotos>> {
    return this.answer(await this.photos.explore(query.sort, query, query.tag), member)
  }

  @Endpoint(media.listProfilePhotos)
  async ofProfile(
    @Caller() { member }: CallerIdentity,
    @Input() { params, query }: ApiInput<typeof media.listProfilePhotos>,
  ): Promise<ApiAnswer<typeof media.listProfilePhotos>> {
    return this.answer(await this.gallery.execute(params.handle, member?.accountId, query), member)
  }

  @Endpoint(media.listMyPhotos)
  async mine(
    @Member() member: MemberIdentity,
    @Input() { query }: ApiInput<typeof media.listMyPhotos>,
  ): Promise<ApiAnswer<typeof media.listMyPhotos>> {
    return this.answer(await this.photos.ofOwner(member.accountId, query, query.status), member)
  }

  private answer({ items, nextCursor }: Page<Photo>, viewer: MemberIdentity | undefined) {
    return { items: items.map((photo) => this.show.summary(photo, viewer)), nextCursor }
  }
}
