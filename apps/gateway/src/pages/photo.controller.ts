import { NotFoundError } from '@mpics/service-kit'
import { Controller, Get, Param, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PublicAnswers } from '../answers/public-answers.js'
import { ComposePhotos, tagsOfPhotos } from '../compose/compose-photos.js'
import { PhotosForVisitors } from '../compose/photos-for-visitors.js'
import { pageOfPhoto } from '../page-views/existing-pages.js'
import { namedPage } from '../page-views/named-page.js'
import { type Html, html } from './html.js'
import type { PageAbout } from './page-about.js'
import { nameOf, pagePicture, titleOf } from './photo-list.js'
import { picture } from './picture.js'
import { type PhotoDetails, photoFacts } from './photo-facts.js'
import { ShowPage } from './show-page.js'

@Controller()
export class PhotoController {
  constructor(
    private readonly forVisitors: PhotosForVisitors,
    private readonly photos: ComposePhotos,
    private readonly show: ShowPage,
    private readonly answers: PublicAnswers,
  ) {}

  @Get('/photos/:id')
  async photo(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const photoId = id.toLowerCase()
    const key = `/photos/${photoId}`
    if (namedPage(key)?.kind !== 'photo') throw new NotFoundError()
    const tagsOf = (photo: PhotoDetails) => tagsOfPhotos([photo])
    const found = () => this.answers.get(`photo ${photoId}`, () => this.forVisitors.get(photoId), tagsOf)
    // the photo is asked for within the page, which so ends with it
    const whole = this.answers.get(`page ${key}`, async () => this.composed(await found()), tagsOf)
    const counted = found().then(({ owner }) => this.show.count(request, pageOfPhoto(photoId, owner.id)))
    const [photo, counting] = await Promise.all([whole, counted])
    const page = { title: titleOf(photo), body: photoBody(photo), about: aboutPhoto(photo, key) }
    await this.show.execute(request, reply, { ...page, views: photo.views ?? null }, counting)
  }

  private async composed(found: PhotoDetails): Promise<PhotoDetails> {
    const [photo] = await this.photos.execute([found])
    return photo!
  }
}

/** It is as wide as the page lets it be, and never wider than it is. */
const sizesOf = ({ width }: { width: number }) => `min(${width}px, 69.5rem, 100vw - 2.5rem)`

const aboutPhoto = (photo: PhotoDetails, path: string): PageAbout => ({
  description: photo.description ?? photo.altText ?? `A photo by ${nameOf(photo)} on Million Pictures.`,
  path,
  type: 'article',
  picture: pagePicture([photo]),
})

function photoBody(photo: PhotoDetails): Html {
  const { renditions, owner } = photo
  const by = owner.handle ? html`<a href="/@${owner.handle}">${nameOf(photo)}</a>` : nameOf(photo)
  return html` <figure class="photo">
      ${renditions && picture(renditions, { alt: photo.altText ?? titleOf(photo), sizes: sizesOf(renditions.large), first: true })}
    </figure>
    <div class="text">
      <h1>${titleOf(photo)}</h1>
      <p class="lead">by ${by}</p>
      ${photo.description && html`<p class="prose">${photo.description}</p>`} ${photoFacts(photo)}
    </div>`
}
