import { type ApiAnswer, type ApiInput, photoPage } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { ReadPhoto } from '../photos/read-photo.js'

@Controller()
export class PhotoPagesController {
  constructor(private readonly read: ReadPhoto) {}

  @Endpoint(photoPage)
  async get(@Input() { params, query }: ApiInput<typeof photoPage>): Promise<ApiAnswer<typeof photoPage>> {
    const { id, ownerId } = await this.read.seenBy(query.readerId, params.id)
    return { id, ownerId }
  }
}
