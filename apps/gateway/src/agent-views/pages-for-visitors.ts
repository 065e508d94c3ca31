import { Injectable } from '@nestjs/common'
import { type ExistingPage, ExistingPages } from '../page-views/existing-pages.js'
import { namedPage } from '../page-views/named-page.js'
import { VisiblePhotos } from '../page-views/visible-photos.js'

const MAX_PHOTOS = 80

/** Finds pages as everybody may see them: photos and profiles by many at once. */
@Injectable()
export class PagesForVisitors {
  constructor(
    private readonly photos: VisiblePhotos,
    private readonly pages: ExistingPages,
  ) {}

  /** Without those that do not exist. */
  async of(paths: readonly string[]): Promise<Map<string, ExistingPage>> {
    const asked = [...new Set(paths)]
    const photoOf = new Map(asked.flatMap((path) => photosIn(path).map((id) => [path, id] as const)))
    const visible = await this.visibleAmong([...new Set(photoOf.values())])
    const others = asked.filter((path) => !photoOf.has(path))
    const found = [
      ...[...photoOf].map(([path, id]) => [path, photoPage(id, visible)] as const),
      ...(await this.pages.findAll(others)).map((page, i) => [others[i]!, page] as const),
    ]
    return new Map(found.flatMap(([path, page]) => (page ? [[path, page]] : [])))
  }

  private async visibleAmong(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const visible = new Set<string>()
    for (let begin = 0; begin < ids.length; begin += MAX_PHOTOS)
      for (const id of (await this.photos.among(ids.slice(begin, begin + MAX_PHOTOS), null)).keys()) visible.add(id)
    return visible
  }
}

function photosIn(path: string): string[] {
  const page = namedPage(path)
  return page?.kind === 'photo' && 'photoId' in page ? [page.photoId] : []
}

const photoPage = (id: string, visible: ReadonlySet<string>): ExistingPage | undefined =>
  visible.has(id) ? { key: `/photos/${id}`, kind: 'photo', subjectId: id, ownerId: null } : undefined
