import { media } from '@mpics/contracts'
import { NotFoundError, Peers } from '@mpics/service-kit'
import { Controller, Get, Param, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ComposePhotos } from '../compose/compose-photos.js'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { namedPage } from '../page-views/named-page.js'
import { type Html, html } from './html.js'
import { nameOf, titleOf } from './photo-list.js'
import { type PhotoDetails, photoFacts } from './photo-facts.js'
import { ShowPage } from './show-page.js'

@Controller()
export class PhotoController {
  constructor(
    private readonly peers: Peers,
    private readonly photos: ComposePhotos,
    private readonly show: ShowPage,
  ) {}

  @Get('/photos/:id')
  async photo(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const key = `/photos/${id.toLowerCase()}`
    if (namedPage(key)?.kind !== 'photo') throw new NotFoundError()
    const found = await this.peers.call(media.getPhoto, { params: { id } }).catch(rethrowUpstreamProblem)
    const [photo] = await this.photos.execute([found])
    await this.show.execute(request, reply, { title: titleOf(photo!), body: photoBody(photo!) }, key)
  }
}

function photoBody(photo: PhotoDetails): Html {
  const { renditions, owner } = photo
  const by = owner.handle ? html`<a href="/@${owner.handle}">${nameOf(photo)}</a>` : nameOf(photo)
  return html` <figure class="photo">
      ${renditions && html`<img src="${renditions.large.url}" width="${renditions.large.width}" height="${renditions.large.height}" alt="${photo.altText ?? titleOf(photo)}" />`}
    </figure>
    <div class="text">
      <h1>${titleOf(photo)}</h1>
      <p class="lead">by ${by}</p>
      ${photo.description && html`<p class="prose">${photo.description}</p>`} ${photoFacts(photo)}
    </div>`
}
