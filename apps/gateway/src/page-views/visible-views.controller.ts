import { analytics, type ApiAnswer, type ApiInput } from '@mpics/contracts'
import { Caller, type CallerIdentity, Input, UnavailableError } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { Enrichments } from '../compose/enrichments.js'
import { PageTotals } from '../compose/page-totals.js'
import { ServedHere } from '../routes/served-here.js'
import { ExistingPages } from './existing-pages.js'
import { namedPage } from './named-page.js'
import { VisiblePhotos } from './visible-photos.js'

/** Answers for the page of a photo that the caller may not see, or of a hidden profile, as for one that does not exist. */
@Controller()
export class VisibleViewsController {
  constructor(
    private readonly totals: PageTotals,
    private readonly photos: VisiblePhotos,
    private readonly enrichments: Enrichments,
    private readonly existing: ExistingPages,
  ) {}

  @ServedHere(analytics.getViews)
  async views(
    @Caller() { member }: CallerIdentity,
    @Input() { query }: ApiInput<typeof analytics.getViews>,
  ): Promise<ApiAnswer<typeof analytics.getViews>> {
    const asked = [...new Set(query.page)]
    const keys = await Promise.all(asked.map((page) => this.keyOf(page)))
    const pages = [...new Set(keys)]
    const [totals, visible, shown] = await Promise.all([
      this.totals.of(pages),
      this.photos.among(pages.flatMap(photoOf), member?.accountId ?? null),
      this.shownAmong(pages.flatMap(profileOf)),
    ])
    const isShown = (page: string) =>
      namedPage(page) !== null &&
      photoOf(page).every((id) => visible.has(id)) &&
      profileOf(page).every((id) => shown.has(id))
    return {
      items: asked.flatMap((page, i) => {
        const views = totals.get(keys[i]!)
        if (!views) return []
        return [{ page, ...(isShown(keys[i]!) ? views : { total: 0, unique: 0 }) }]
      }),
    }
  }

  /** Views are counted under ids: `/@handle` and other ways to write a path lead to one page. */
  private async keyOf(path: string): Promise<string> {
    const named = namedPage(path)
    if (named === null) return path
    if ('key' in named) return named.key
    if (named.kind === 'photo') return `/photos/${named.photoId}`
    if ('profileId' in named) return `/profiles/${named.profileId}`
    const [page] = await this.existing.findAll([path])
    return page?.key ?? path
  }

  private async shownAmong(ids: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
    const cards = await this.enrichments.cards(ids)
    if (cards === null) throw new UnavailableError()
    return cards
  }
}

function photoOf(path: string): [] | [string] {
  const page = namedPage(path)
  return page?.kind === 'photo' && 'photoId' in page ? [page.photoId] : []
}

function profileOf(path: string): [] | [string] {
  const page = namedPage(path)
  return page?.kind === 'profile' && 'profileId' in page ? [page.profileId] : []
}
