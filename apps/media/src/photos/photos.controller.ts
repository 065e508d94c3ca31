import { type ApiAnswer, type ApiInput, media } from '@mpics/contracts'
import type { Versioned } from '@mpics/eventing'
import { Caller, type CallerIdentity, Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller, Headers, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { ChangePhotos } from './change-photos.js'
import { entityTag } from './entity-tag.js'
import type { Photo } from './photo.js'
import { ReadPhoto } from './read-photo.js'
import { ShowPhoto, type ShownPhoto } from './shown-photo.js'

@Controller()
export class PhotosController {
  constructor(
    private readonly read: ReadPhoto,
    private readonly photos: ChangePhotos,
    private readonly show: ShowPhoto,
  ) {}

  @Endpoint(media.getPhoto)
  async get(
    @Caller() { member }: CallerIdentity,
    @Input() { params }: ApiInput<typeof media.getPhoto>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof media.getPhoto>> {
    return this.answer(await this.read.seenBy(member?.accountId, params.id), member, reply)
  }

  @Endpoint(media.changePhoto)
  async change(
    @Member() member: MemberIdentity,
    @Input() { params, body }: ApiInput<typeof media.changePhoto>,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof media.changePhoto>> {
    return this.answer(await this.photos.details(member.accountId, params.id, body, ifMatch), member, reply)
  }

  @Endpoint(media.removePhoto)
  async remove(
    @Member() { accountId }: MemberIdentity,
    @Input() { params }: ApiInput<typeof media.removePhoto>,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    await this.photos.remove(accountId, params.id, ifMatch)
  }

  @Endpoint(media.restorePhoto)
  async restore(
    @Member() member: MemberIdentity,
    @Input() { params }: ApiInput<typeof media.restorePhoto>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof media.restorePhoto>> {
    return this.answer(await this.photos.restore(member.accountId, params.id), member, reply)
  }

  private answer(photo: Versioned<Photo>, viewer: MemberIdentity | undefined, reply: FastifyReply): ShownPhoto {
    reply.header('etag', entityTag(photo.version))
    return this.show.whole(photo, viewer)
  }
}
