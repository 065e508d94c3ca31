import { pageViewRecorded } from '@mpics/contracts'
import { EventConsumer, OnBatch } from '@mpics/eventing'
import { CountPageViews, type RecordedView } from '../page-views/count-page-views.js'

@EventConsumer()
export class CountPageViewsOnRecord {
  constructor(private readonly countPageViews: CountPageViews) {}

  @OnBatch(pageViewRecorded, { idempotence: 'natural' })
  async handle(events: RecordedView[]): Promise<void> {
    await this.countPageViews.execute(events)
  }
}
