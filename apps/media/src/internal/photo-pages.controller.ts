import { type ApiAnswer, type ApiInput, media } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { ReadPhoto } from '../photos/read-photo.js'
import { ShowPhoto } from '../photos/shown-photo.js'

@Controller()
export class PhotoPagesController {
  constructor(
    private readonly read: ReadPhoto,
    private readonly show: ShowPhoto,
  ) {}

  @Endpoint(media.photoPage)
  async get(@Input() { params, query }: ApiInput<typeof media.photoPage>): Promise<ApiAnswer<typeof media.photoPage>> {
    const { id, ownerId } = await this.read.sightOf(params.id, query.readerId)
    return { id, ownerId }
  }

  @Endpoint(media.photoPages)
  async many(@Input() { body }: ApiInput<typeof media.photoPages>): Promise<ApiAnswer<typeof media.photoPages>> {
    const sights = await this.read.sightsAmong(body.ids, body.readerId ?? undefined)
    return { items: sights.map(({ id, ownerId }) => ({ id, ownerId })) }
  }

  @Endpoint(media.visiblePhotos)
  async visible(
    @Input() { body }: ApiInput<typeof media.visiblePhotos>,
  ): Promise<ApiAnswer<typeof media.visiblePhotos>> {
    const sights = await this.read.sightsAmong(body.ids, body.readerId ?? undefined)
    return { ids: sights.map(({ id }) => id) }
  }

  @Endpoint(media.photosForVisitors)
  async forVisitors(
    @Input() { body }: ApiInput<typeof media.photosForVisitors>,
  ): Promise<ApiAnswer<typeof media.photosForVisitors>> {
    const photos = await this.read.seenByVisitors([...new Set(body.ids)])
    return { items: photos.map((photo) => this.show.whole(photo, undefined)) }
  }
}
