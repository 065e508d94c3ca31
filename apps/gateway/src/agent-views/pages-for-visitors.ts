import { Injectable } from '@nestjs/common'
import { type ExistingPage, ExistingPages } from '../page-views/existing-pages.js'
import { namedPage } from '../page-views/named-page.js'
import { PageNotFoundError } from '../page-views/page-view.errors.js'
import { VisiblePhotos } from '../page-views/visible-photos.js'

const MAX_PHOTOS = 80

/** Finds pages as everybody may see them: photos by many at once, all others as a page view finds them. */
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
    const found = new Map<string, ExistingPage>()
    for (const path of asked) {
      const page = photoOf.has(path) ? photoPage(photoOf.get(path)!, visible) : await this.find(path)
      if (page) found.set(path, page)
    }
    return found
  }

  private async visibleAmong(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const visible = new Set<string>()
    for (let begin = 0; begin < ids.length; begin += MAX_PHOTOS)
      for (const id of (await this.photos.among(ids.slice(begin, begin + MAX_PHOTOS), null)).keys()) visible.add(id)
    return visible
  }

  private async find(path: string): Promise<ExistingPage | undefined> {
    try {
      return await this.pages.find(path)
    } catch (error) {
      if (error instanceof PageNotFoundError) return undefined
      throw error
    }
  }
}

function photosIn(path: string): string[] {
  const page = namedPage(path)
  return page?.kind === 'photo' && 'photoId' in page ? [page.photoId] : []
}

const photoPage = (id: string, visible: ReadonlySet<string>): ExistingPage | undefined =>
  visible.has(id) ? { key: `/photos/${id}`, kind: 'photo', subjectId: id, ownerId: null } : undefined
