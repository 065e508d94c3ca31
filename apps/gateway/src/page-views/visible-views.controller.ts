import { analytics, type ApiAnswer, type ApiInput } from '@mpics/contracts'
import { Caller, type CallerIdentity, Input, UnavailableError } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { Enrichments } from '../compose/enrichments.js'
import { PageTotals } from '../compose/page-totals.js'
import { ServedHere } from '../routes/served-here.js'
import { namedPage } from './named-page.js'
import { VisiblePhotos } from './visible-photos.js'

/** Answers for the page of a photo that the caller may not see, or of a hidden profile, as for one that does not exist. */
@Controller()
export class VisibleViewsController {
  constructor(
    private readonly totals: PageTotals,
    private readonly photos: VisiblePhotos,
    private readonly enrichments: Enrichments,
  ) {}

  @ServedHere(analytics.getViews)
  async views(
    @Caller() { member }: CallerIdentity,
    @Input() { query }: ApiInput<typeof analytics.getViews>,
  ): Promise<ApiAnswer<typeof analytics.getViews>> {
    const pages = [...new Set(query.page)]
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
      items: pages.flatMap((page) => {
        const views = totals.get(page)
        if (!views) return []
        return [{ page, ...(isShown(page) ? views : { total: 0, unique: 0 }) }]
      }),
    }
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
