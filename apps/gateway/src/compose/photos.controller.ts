import { media } from '@mpics/contracts'
import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { LISTS, ofHandle } from '../answers/public-answers.js'
import { ServedHere } from '../routes/served-here.js'
import { ComposedAnswers } from './composed-answers.js'
import { ComposePhotos, tagsOfPhotos } from './compose-photos.js'

type PhotoList = typeof media.explorePhotos | typeof media.listProfilePhotos | typeof media.listMyPhotos

@Controller()
export class PhotosController {
  constructor(
    private readonly answers: ComposedAnswers,
    private readonly photos: ComposePhotos,
  ) {}

  @ServedHere(media.getPhoto)
  photo(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.answers.execute(media.getPhoto, request, reply, {
      compose: async (photo) => (await this.photos.execute([photo], request.caller?.member))[0]!,
      tagsOf: (photo) => tagsOfPhotos([photo]),
    })
  }

  @ServedHere(media.explorePhotos)
  explore(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.list(media.explorePhotos, request, reply)
  }

  @ServedHere(media.listProfilePhotos)
  ofProfile(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { handle } = request.params as { handle: string }
    return this.list(media.listProfilePhotos, request, reply, ofHandle(handle))
  }

  @ServedHere(media.listMyPhotos)
  mine(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.list(media.listMyPhotos, request, reply)
  }

  private list(api: PhotoList, request: FastifyRequest, reply: FastifyReply, ...tags: string[]) {
    return this.answers.execute(api, request, reply, {
      compose: async (page) => ({
        ...page,
        items: await this.photos.execute(page.items, request.caller?.member),
      }),
      tagsOf: ({ items }) => [...tagsOfPhotos(items), LISTS, ...tags],
    })
  }
}
