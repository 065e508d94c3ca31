import { analytics } from '@mpics/contracts'
import { type Fact, type Projection, Projections, type Run, TopicSnapshots } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import { factOf, viewedPhoto } from './viewed-photo.js'
import { PhotoRepository } from './photo.repository.js'

@Injectable()
export class PopularityProjection implements Projection {
  readonly name = 'popularity'
  readonly events = [analytics.viewTotalUpdated]
  readonly source = `topic ${analytics.viewTotalUpdated.topic.name}`

  constructor(
    projections: Projections,
    private readonly photos: PhotoRepository,
    private readonly topics: TopicSnapshots,
  ) {
    projections.register(this)
  }

  get store() {
    return this.photos.views
  }

  async *snapshot(run: Run): AsyncGenerator<Fact[]> {
    for await (const totals of this.topics.lastWords(analytics.viewTotalUpdated, run))
      yield totals.flatMap((total) => {
        const photo = viewedPhoto(total)
        return photo ? [factOf(photo)] : []
      })
  }
}
