import { media } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Controller, Get, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { LISTS, PublicAnswers } from '../answers/public-answers.js'
import { ComposePhotos, tagsOfPhotos } from '../compose/compose-photos.js'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { MissingParts } from '../failures/missing-parts.js'
import { html } from './html.js'
import { pagePicture, photoList } from './photo-list.js'
import { ShowPage } from './show-page.js'

const WELCOME =
  'A community of photographers: look around without an account; what you publish, and who sees it, is up to you.'
const EXPLORE = 'The latest photos that people of Million Pictures show to everybody.'
const NOBODY_YET = 'Nobody has published a photo yet.'

@Controller()
export class ExploreController {
  constructor(
    private readonly peers: Peers,
    private readonly photos: ComposePhotos,
    private readonly show: ShowPage,
    private readonly missing: MissingParts,
    private readonly answers: PublicAnswers,
  ) {}

  @Get('/')
  async home(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const recent = await this.missing.orNull('photos', this.find(12))
    const body = html` <h1>See the world through other people’s eyes</h1>
      <p class="lead">
        Million Pictures is a community of photographers. Look around without an account; what you publish, and who sees
        it, is up to you.
      </p>
      <h2>Latest photos</h2>
      ${photoList(recent && recent.items, NOBODY_YET)}
      <p><a class="button" href="/explore">Explore all photos</a></p>`
    const about = { description: WELCOME, path: '/', picture: pagePicture(recent?.items) }
    await this.show.execute(request, reply, { title: 'Welcome', body, about }, '/')
  }

  @Get('/explore')
  async explore(
    @Query('cursor') cursor: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { items, nextCursor } = await this.find(36, typeof cursor === 'string' ? cursor : undefined).catch(
      rethrowUpstreamProblem,
    )
    const body = html` <h1>Explore</h1>
      <p class="lead">Photos that everybody may see, the latest first.</p>
      ${photoList(items, NOBODY_YET)}
      ${nextCursor && html`<p><a class="button" href="/explore?cursor=${encodeURIComponent(nextCursor)}" rel="next">Older photos</a></p>`}`
    const path = typeof cursor === 'string' ? `/explore?cursor=${encodeURIComponent(cursor)}` : '/explore'
    const about = { description: EXPLORE, path, picture: pagePicture(items) }
    await this.show.execute(request, reply, { title: 'Explore', body, about }, '/explore')
  }

  private find(limit: number, cursor?: string) {
    const ask = async () => {
      const page = await this.peers.call(media.explorePhotos, { query: { limit, cursor } })
      return { items: await this.photos.named(page.items), nextCursor: page.nextCursor }
    }
    return this.answers.get(`page of ${limit} ${cursor ?? ''}`, ask, ({ items }) => [...tagsOfPhotos(items), LISTS])
  }
}
