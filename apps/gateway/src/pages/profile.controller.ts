import { media, profiles } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Controller, Get, Param, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { ofHandle, PublicAnswers } from '../answers/public-answers.js'
import { tagsOfPhotos, withCard } from '../compose/compose-photos.js'
import type { Views } from '../compose/page-totals.js'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { MissingParts } from '../failures/missing-parts.js'
import { pageOfProfile } from '../page-views/existing-pages.js'
import { type Html, html } from './html.js'
import type { PageAbout } from './page-about.js'
import { pageLanguageOf, textsIn } from './page-language.js'
import type { PageTexts } from './page-texts.js'
import { pagePicture, photoList, type ShownPhoto } from './photo-list.js'
import { ShowPage } from './show-page.js'

type Profile = z.input<typeof profiles.shownProfile>

@Controller()
export class ProfileController {
  constructor(
    private readonly peers: Peers,
    private readonly show: ShowPage,
    private readonly missing: MissingParts,
    private readonly answers: PublicAnswers,
  ) {}

  @Get('/@:handle')
  async profile(
    @Param('handle') handle: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { profile, photos, views } = await this.answers.get(`page @${handle}`, () => this.find(handle), tagsOf)
    const title = profile.fullName ?? `@${profile.handle}`
    const language = pageLanguageOf(request)
    const texts = textsIn(language)
    const page = {
      title,
      body: profileBody(profile, photos, texts),
      language,
      about: aboutProfile(profile, photos, texts),
      views,
    }
    await this.show.execute(request, reply, page, this.show.count(request, pageOfProfile(profile.id)))
  }

  private async find(handle: string): Promise<Shown> {
    const params = { handle }
    const [profile, photos] = await Promise.all([
      this.peers.call(profiles.getProfile, { params }).catch(rethrowUpstreamProblem),
      this.missing.orNull('photos', this.peers.call(media.listProfilePhotos, { params, query: { limit: 48 } })),
    ])
    // a profile shows visitors what its owner's card would
    const owner = { id: profile.id, handle: profile.handle, fullName: profile.fullName ?? null }
    const named =
      photos && photos.items.map((photo) => withCard(photo, owner.id === photo.owner.id ? owner : undefined))
    return { profile, photos: named, views: await this.show.viewsOf(`/profiles/${profile.id}`) }
  }
}

interface Shown {
  profile: Profile
  photos: ShownPhoto[] | null
  views: Views | null
}

const tagsOf = ({ profile: { id, handle }, photos }: Shown) => [id, ofHandle(handle), ...tagsOfPhotos(photos ?? [])]

const aboutProfile = (
  { bio, fullName, handle }: Profile,
  photos: ShownPhoto[] | null,
  texts: PageTexts,
): PageAbout => ({
  description: bio ?? texts.profile.about(fullName ? `${fullName} (@${handle})` : `@${handle}`),
  path: `/@${handle}`,
  type: 'profile',
  picture: pagePicture(photos),
  translated: true,
})

function profileBody(profile: Profile, photos: ShownPhoto[] | null, texts: PageTexts): Html {
  const { counts, handle } = profile
  const { followers, following, photos: heading, noPhotos } = texts.profile
  return html` <h1>${profile.fullName ?? `@${handle}`}</h1>
    <p class="lead">
      @${handle}${profile.location && html` · ${profile.location}`} · ${followers(counts.followers)} ·
      ${following(counts.following)}
    </p>
    <div class="text">
      ${profile.bio && html`<p class="prose">${profile.bio}</p>`}
      ${profile.urls?.map((url) => html`<p><a href="${url}" rel="nofollow ugc noopener noreferrer">${url}</a></p>`)}
    </div>
    <h2>${heading}</h2>
    ${photoList(photos, noPhotos, texts.gallery)}`
}
