import { analytics, type ApiAnswer, type ApiInput } from '@mpics/contracts'
import { Caller, type CallerIdentity, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { PageTotals } from '../compose/page-totals.js'
import { ServedHere } from '../routes/served-here.js'
import { namedPage } from './named-page.js'
import { VisiblePhotos } from './visible-photos.js'

/** Answers for a photo’s page that the caller may not see as for one that does not exist. */
@Controller()
export class VisibleViewsController {
  constructor(
    private readonly totals: PageTotals,
    private readonly photos: VisiblePhotos,
  ) {}

  @ServedHere(analytics.getViews)
  async views(
    @Caller() { member }: CallerIdentity,
    @Input() { query }: ApiInput<typeof analytics.getViews>,
  ): Promise<ApiAnswer<typeof analytics.getViews>> {
    const pages = [...new Set(query.page)]
    const [totals, visible] = await Promise.all([
      this.totals.of(pages),
      this.photos.among(pages.flatMap(photoOf), member?.accountId ?? null),
    ])
    const isShown = (page: string) => photoOf(page).every((id) => visible.has(id))
    return {
      items: pages.flatMap((page) => {
        const views = totals.get(page)
        if (!views) return []
        return [{ page, ...(isShown(page) ? views : { total: 0, unique: 0 }) }]
      }),
    }
  }
}

function photoOf(path: string): [] | [string] {
  const page = namedPage(path)
  return page?.kind === 'photo' && 'photoId' in page ? [page.photoId] : []
}
