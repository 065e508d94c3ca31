import { analytics, type ApiAnswer, type ApiInput, media } from '@mpics/contracts'
import { Caller, type CallerIdentity, Input, PeerError, Peers } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { ServedHere } from '../routes/served-here.js'
import { namedPage } from './named-page.js'

/** Answers for a photo’s page that the caller may not see as for one that does not exist. */
@Controller()
export class VisibleViewsController {
  constructor(private readonly peers: Peers) {}

  @ServedHere(analytics.getViews)
  async views(
    @Caller() { member }: CallerIdentity,
    @Input() { query }: ApiInput<typeof analytics.getViews>,
  ): Promise<ApiAnswer<typeof analytics.getViews>> {
    const [{ items }, visible] = await Promise.all([
      this.peers.call(analytics.getViews, { query }),
      this.visiblePhotos(query.page.flatMap(photoOf), member?.accountId ?? null),
    ])
    const isShown = (page: string) => photoOf(page).every((id) => visible.has(id))
    return { items: items.map((item) => (isShown(item.page) ? item : { ...item, total: 0, unique: 0 })) }
  }

  private async visiblePhotos(ids: readonly string[], readerId: string | null): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set()
    const asked = this.peers.call(media.visiblePhotos, { body: { ids: [...new Set(ids)], readerId } })
    return new Set((await asked.catch(noneIfUnknown)).ids)
  }
}

/** A replica of the version before does not know the call. */
function noneIfUnknown(error: unknown): { ids: string[] } {
  if (error instanceof PeerError && error.status === 404) return { ids: [] }
  throw error
}

function photoOf(path: string): [] | [string] {
  const page = namedPage(path)
  return page?.kind === 'photo' && 'photoId' in page ? [page.photoId] : []
}
