import { media } from '@mpics/contracts'
import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ServedHere } from '../routes/served-here.js'
import { ComposePhotos } from './compose-photos.js'
import { answerWith, PrimaryAnswer } from './primary-answer.js'

type PhotoList = typeof media.explorePhotos | typeof media.listProfilePhotos | typeof media.listMyPhotos

@Controller()
export class PhotosController {
  constructor(
    private readonly primary: PrimaryAnswer,
    private readonly photos: ComposePhotos,
  ) {}

  @ServedHere(media.getPhoto)
  async photo(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const answer = await this.primary.read(media.getPhoto, request)
    const [photo] = await this.photos.execute([answer.body], request.caller?.member)
    return answerWith(reply, answer, photo)
  }

  @ServedHere(media.explorePhotos)
  explore(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.list(media.explorePhotos, request, reply)
  }

  @ServedHere(media.listProfilePhotos)
  ofProfile(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.list(media.listProfilePhotos, request, reply)
  }

  @ServedHere(media.listMyPhotos)
  mine(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.list(media.listMyPhotos, request, reply)
  }

  private async list(api: PhotoList, request: FastifyRequest, reply: FastifyReply) {
    const answer = await this.primary.read(api, request)
    const items = await this.photos.execute(answer.body.items, request.caller?.member)
    return answerWith(reply, answer, { ...answer.body, items })
  }
}
